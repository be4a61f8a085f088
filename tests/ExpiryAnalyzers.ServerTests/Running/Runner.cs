using System.Collections;
using System.Diagnostics;
using System.Reflection;
using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Servers;
using Microsoft.Extensions.Caching.Memory;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Runs members on a stage and tells what was seen.</summary>
internal sealed class Runner(Stage stage)
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(15);

    public async Task<Observed> RunAsync(SourceProgram program, MemberName member, Situation situation)
    {
        LoadedProgram loaded = await program.LoadedAsync();
        Subject subject = Subject.Of(loaded, member);
        await stage.ResetAsync();
        using MachineZone? zone = situation.ClocksChange ? MachineZone.ThatChangesSoon() : null;
        foreach (KeyEntry entry in situation.Keys)
        {
            await Keyspace.WriteAsync(stage.Direct, entry);
        }

        if (situation.IsFull)
        {
            await stage.SetMemoryAsync("1");
        }

        Journal journal = new()
        {
            FailingCall = situation.FailingCall,
            IsSlow = situation.IsSlow,
            AtWork = situation.AtWork is { } work ? () => work(stage) : null,
        };
        ValueTable values = new(stage, journal, loaded.Assembly, situation);
        List<KeyEntry>? atCut = null;
        stage.Proxy.Watch(situation is { CutBefore: 0, MeddleBefore: 0, IsSlow: false } ? null : async command =>
        {
            if (situation.IsSlow)
            {
                await Task.Delay(Slowness);
            }

            if (command.Number == situation.MeddleBefore)
            {
                await situation.Meddle!(stage, command);
            }

            if (command.Number != situation.CutBefore)
            {
                return true;
            }

            atCut ??= await Keyspace.ReadAsync(stage.Direct, [command.Database]);
            return false;
        });
        long timers = Timer.ActiveCount;
        Stopwatch watch = Stopwatch.StartNew();
        (string answer, string refusal) = await AnswerAsync(subject, values, situation.Patience);
        int done = stage.Proxy.Commands.Count - stage.Proxy.Unanswered;
        bool isAtWork = journal.Unfinished > 0;
        if (situation.IsSlow)
        {
            await Task.Delay(Slowness * 4);
        }

        await stage.CatchUpAsync();
        IReadOnlyList<RespCommand> commands = stage.Proxy.Commands;
        IReadOnlyList<string> errors = stage.Proxy.Errors;
        values.Stop();
        journal.Close();
        if (answer == Observed.NeverCompletes || situation.CutBefore > 0)
        {
            await stage.DropClientAsync();
        }

        stage.Proxy.Watch(null);
        StopTimersSince(timers);
        if (situation.IsFull)
        {
            await stage.SetMemoryAsync("0");
        }

        List<KeyEntry> left = await Keyspace.ReadAsync(stage.Direct, commands.Select(command => command.Database));
        KeyEntry[] keys = [.. left.Select(entry => entry.Since(watch.Elapsed))];
        string[] memory = [.. values.Clients.Memory.Entries.Select(Entry)];
        return new(answer, journal.Calls, memory, keys, commands, journal.Limits, atCut) { Refusal = refusal, Errors = errors,
            IsUnfinished = situation.IsSlow && (isAtWork || commands.Count > done) };
    }

    /// <summary>
    /// A timer that a program has left behind runs on until it is collected; those of many runs would take all threads of the pool.
    /// </summary>
    private static void StopTimersSince(long before)
    {
        if (Timer.ActiveCount > before)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>What the member may expect to find in a string.</summary>
    public async Task<IReadOnlyList<string>> SamplesAsync(SourceProgram program, MemberName member)
    {
        LoadedProgram loaded = await program.LoadedAsync();
        await stage.ResetAsync();
        try
        {
            return Samples.Of(Subject.Of(loaded, member), new(stage, new(), loaded.Assembly, Situation.Empty));
        }
        catch (Exception thrown) when (thrown is not CannotRunException)
        {
            // A constructor that throws does so in every run.
            return [];
        }
    }

    private static async Task<(string Answer, string Refusal)> AnswerAsync(Subject subject, ValueTable values, TimeSpan patience)
    {
        // The limit's timer is gone when this returns: it would be taken for one that the program has left behind.
        using CancellationTokenSource limit = new(patience);
        Task<string> running = Task.Run(() => ReturnedAsync(subject, values));
        Task first = await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, limit.Token));
        if (first != running)
        {
            _ = running.ContinueWith(late => late.Exception, TaskScheduler.Default);
            return (Observed.NeverCompletes, "");
        }

        try
        {
            return ("returns " + await running, "");
        }
        catch (CannotRunException)
        {
            throw;
        }
        catch (Exception thrown)
        {
            Exception exception = thrown is AggregateException { InnerExceptions: [{ } only] } ? only : thrown;
            return ("throws " + exception.GetType().Name, exception.Message);
        }
    }

    private static async Task<string> ReturnedAsync(Subject subject, ValueTable values)
    {
        object? returned = subject.Invoke(values);
        switch (returned)
        {
            case Task task:
                await task;
                return task.GetType().GetProperty("Result") is { } result && result.PropertyType.Name != "VoidTaskResult"
                    ? Description.Of(result.GetValue(task)) : "";
            case ValueTask task:
                await task;
                return "";
            case null when subject.Method is MethodInfo method && method.ReturnType == typeof(void):
                return "";
            case { } value when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                Task waited = (Task)type.GetMethod("AsTask")!.Invoke(value, null)!;
                await waited;
                return Description.Of(waited.GetType().GetProperty("Result")!.GetValue(waited));
            case { } value when value.GetType().GetInterfaces()
                .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } type:
                Task<List<object?>> items = (Task<List<object?>>)typeof(Runner)
                    .GetMethod(nameof(ItemsAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [value])!;
                return Description.Of(await items);
            default:
                return Description.Of(returned is IEnumerator steps ? Steps(steps) : returned);
        }
    }

    private static async Task<List<object?>> ItemsAsync<T>(IAsyncEnumerable<T> sequence)
    {
        List<object?> items = [];
        await foreach (T item in sequence)
        {
            items.Add(item);
        }

        return items;
    }

    private static List<object?> Steps(IEnumerator steps)
    {
        List<object?> items = [];
        while (steps.MoveNext())
        {
            items.Add(steps.Current);
        }

        return items;
    }

    private static string Entry(ICacheEntry entry) =>
        $"{Description.Of(entry.Key)} = {Description.Of(entry.Value)} until {Description.Of(entry.AbsoluteExpiration)}, after {Description.Of(entry.AbsoluteExpirationRelativeToNow)}, idle {Description.Of(entry.SlidingExpiration)}";
}
