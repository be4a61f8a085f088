using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Calls;

/// <summary>A value of the program that a script hands to a command as its time.</summary>
/// <param name="Command">The command in the script.</param>
/// <param name="Value">The expression that is handed to the script.</param>
/// <param name="Time">What the command makes of it.</param>
/// <param name="List">The parameter of the client that takes it.</param>
/// <param name="Index">Its place in that parameter's array or object.</param>
/// <param name="IsApart">Whether it is not written in the call as an element of an array.</param>
/// <param name="IsTested">Whether the script looks at it, or changes it, before it hands it on.</param>
internal sealed record ScriptTime(
    RawCommand Command,
    IOperation Value,
    RawTime Time,
    IParameterSymbol List,
    int Index,
    bool IsApart,
    bool IsTested);

/// <summary>A call that runs a script whose text the source tells.</summary>
/// <param name="Times">The values that become times.</param>
/// <param name="Keys">The keys of all commands that the script may send; null where they are not known.</param>
internal sealed record ScriptCall(IReadOnlyList<ScriptTime> Times, IReadOnlyList<IOperation>? Keys)
{
    /// <summary>Whether a command of the script gives an existing key a TTL.</summary>
    public bool Prolongs { get; init; }

    /// <summary>Whether a command of the script deletes a key.</summary>
    public bool Deletes { get; init; }

    /// <summary>Whether a command of the script deletes a key, and nothing decides whether it is sent.</summary>
    public bool DeletesAlways { get; init; }

    /// <summary>
    /// The one value that the script only looks at and does not send, such as the token that it compares with what a key holds; null where
    /// there is none, or several.
    /// </summary>
    public IOperation? Compared { get; init; }

    /// <summary>Whether the script looks at its first value and is handed none, so that what it compares is never equal.</summary>
    public bool LacksValue { get; init; }

    /// <summary>How many steps lead from a script's text to its use: prepared, loaded, awaited.</summary>
    private const int MaxSteps = 4;

    /// <summary>The script of a call; null where the call runs none, or its text is not known.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="method">Its row.</param>
    /// <param name="catalog">The clients, which tell how a script is prepared.</param>
    /// <param name="resolved">Finds the expression behind a variable that has one value.</param>
    /// <param name="collection">The same for a collection, which may be filled elsewhere.</param>
    public static ScriptCall? Of(
        IInvocationOperation invocation,
        BoundMethod method,
        ApiCatalog catalog,
        Func<IOperation, IOperation> resolved,
        Func<IOperation, IOperation> collection)
    {
        ScriptReader reader = new(invocation, method, catalog, resolved, collection);
        string? text = reader.Find(Role.Command) is not null ? reader.Evaluated() : reader.Named();
        return text is not null && LuaText.Of(text) is { } lua
            ? Read(lua, reader.Inputs) with { LacksValue = reader.LacksValue(lua) }
            : null;
    }

    private static ScriptCall Read(LuaText lua, Dictionary<LuaInput, List<Given>> inputs)
    {
        List<ScriptTime> times = [];
        // A text without a command is no script that was understood.
        List<IOperation>? keys = lua.IsWhole && lua.Commands.Count > 0 ? [] : null;
        foreach (LuaCommand sent in lua.Commands)
        {
            if (!RawCommands.ByName.TryGetValue(sent.Name, out RawCommand? command))
            {
                keys = null;
                continue;
            }

            foreach (LuaArgument key in command.TakesKeys ? sent.Arguments : sent.Arguments.Take(1))
            {
                if (key.Input is { } input && inputs.TryGetValue(input, out List<Given>? given))
                {
                    keys?.AddRange(given.Select(static one => one.Value));
                }
                else
                {
                    keys = null;
                }
            }

            if (TimeOf(command, sent) is { } time &&
                sent.Arguments[time.Position] is { Input: { } source } argument && inputs.TryGetValue(source, out List<Given>? values) &&
                Scaled(time.Unit, argument.Factor) is { } unit)
            {
                bool isTested = argument.Factor != 1 || lua.IsTested(source);
                times.AddRange(values.Select(value => new ScriptTime(
                    command,
                    RawCall.AsWritten(value.Value),
                    time with { Unit = unit },
                    value.List,
                    value.Index,
                    value.IsApart,
                    isTested)));
            }
        }

        return new(times, keys)
        {
            Prolongs = Sends(lua, Effect.SetExpiry),
            Deletes = Sends(lua, Effect.Delete),
            DeletesAlways = lua.IsStraight && Sends(lua, Effect.Delete),
            Compared = lua.IsWhole && Sends(lua, Effect.Read) ? ComparedIn(lua, inputs) : null,
        };
    }

    private static IOperation? ComparedIn(LuaText lua, Dictionary<LuaInput, List<Given>> inputs)
    {
        HashSet<LuaInput?> sent = [.. lua.Commands.SelectMany(static command => command.Arguments).Select(static part => part.Input)];
        Given[] compared =
            [.. inputs.Where(given => !sent.Contains(given.Key) && lua.IsTested(given.Key)).SelectMany(static given => given.Value)];
        return compared.Length == 1 ? compared[0].Value : null;
    }

    private static bool Sends(LuaText lua, Effect effect) => lua.Commands.Any(sent =>
        RawCommands.ByName.TryGetValue(sent.Name, out RawCommand? command) && (command.Effect & effect) != 0);

    private static RawTime? TimeOf(RawCommand command, LuaCommand sent) =>
        RawCommands.TimeOf(command, [.. sent.Arguments.Select(static argument => argument.Text)]);

    /// <summary>The unit of a number that the script multiplies before it sends it; null where that is none.</summary>
    private static TimeUnit? Scaled(TimeUnit unit, double factor)
    {
        double ticks = TimeArithmetic.TicksPer(unit) * factor;
        foreach (TimeUnit candidate in new[] { TimeUnit.Milliseconds, TimeUnit.Seconds, TimeUnit.Minutes, TimeUnit.Hours, TimeUnit.Days })
        {
            if (TimeArithmetic.TicksPer(candidate) == ticks)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Reads what a call hands to its script.</summary>
    private readonly struct ScriptReader(
        IInvocationOperation invocation,
        BoundMethod method,
        ApiCatalog catalog,
        Func<IOperation, IOperation> resolved,
        Func<IOperation, IOperation> collection)
    {
        /// <summary>What the script may find under each of its inputs.</summary>
        public Dictionary<LuaInput, List<Given>> Inputs { get; } = [];

        public IArgumentOperation? Find(Role role) => method.Roles.TryGetValue(role, out IParameterSymbol? parameter)
            ? invocation.Arguments.FirstOrDefault(
                argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.ArgumentKind != ArgumentKind.DefaultValue)
            : null;

        /// <summary>Whether the call hands over nothing but keys, although the script compares a value.</summary>
        public bool LacksValue(LuaText lua)
        {
            LuaInput first = new(LuaInput.Values, 1);
            return lua.IsWhole && lua.Compares(first) && !Inputs.ContainsKey(first) &&
                Find(Role.ScriptValues) is null && Find(Role.ScriptParameters) is null;
        }

        // ScriptEvaluate(text, keys, values), ScriptEvaluate(prepared, parameters), prepared.Evaluate(db, parameters)
        public string? Named()
        {
            IOperation? script = Find(Role.Script)?.Value ?? (method.Row.IsOfScript ? invocation.Instance : null);
            if (script is null)
            {
                return null;
            }

            AddElements(LuaInput.Keys, Find(Role.ScriptKeys));
            AddElements(LuaInput.Values, Find(Role.ScriptValues));
            AddMembers(Find(Role.ScriptParameters));
            return TextOf(script);
        }

        // Execute("EVAL", text, number of keys, keys, values)
        public string? Evaluated()
        {
            if (RawCall.ArgumentsOf(invocation, method, resolved, collection) is not ({ } command, { } arguments, var list, var isApart) ||
                !command.StartsWith("EVAL", StringComparison.OrdinalIgnoreCase) || arguments.Count < 2 ||
                TextOrNumber(arguments[1]) is not { } count || count < 0 || count > arguments.Count - 2)
            {
                return null;
            }

            for (int i = 2; i < arguments.Count; i++)
            {
                LuaInput input = i - 2 < count ? new(LuaInput.Keys, i - 1) : new(LuaInput.Values, i - 1 - count);
                Inputs.AddTo(input, new(arguments[i], list, i, isApart));
            }

            return TextOf(arguments[0]);
        }

        private void AddElements(string source, IArgumentOperation? argument)
        {
            if (argument is not { Parameter: { } parameter })
            {
                return;
            }

            IReadOnlyList<IOperation>? elements = RawCall.ElementsOf(argument.Value);
            bool isApart = elements is null;
            elements ??= parameter.Type is IArrayTypeSymbol
                ? RawCall.ElementsOf(collection(argument.Value)) ?? RawCall.CollectedIn(collection(argument.Value))
                : [argument.Value];
            for (int i = 0; i < elements?.Count; i++)
            {
                Inputs.AddTo(new(source, i + 1), new(elements[i], parameter, i, isApart));
            }
        }

        // new { key, ttl = 60 }, new Parameters { Key = key }, or one of several
        private void AddMembers(IArgumentOperation? argument)
        {
            int index = 0;
            foreach (IOperation made in argument is null ? [] : ObjectsIn(collection(argument.Value)))
            {
                IEnumerable<IOperation>? members = made switch
                {
                    IAnonymousObjectCreationOperation anonymous => anonymous.Initializers,
                    IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } => initializer.Initializers,
                    _ => null,
                };
                foreach (ISimpleAssignmentOperation member in (members ?? []).OfType<ISimpleAssignmentOperation>())
                {
                    if (DefUse.SymbolOf(member.Target) is { } symbol)
                    {
                        Inputs.AddTo(new(symbol.Name, 0), new(member.Value, argument!.Parameter!, index++, IsApart: true));
                    }
                }
            }
        }

        /// <summary>The objects of which an expression is one.</summary>
        private static IEnumerable<IOperation> ObjectsIn(IOperation value) => value.WithoutConversions() switch
        {
            IConditionalOperation { WhenTrue: { } first, WhenFalse: { } second } =>
                [first.WithoutConversions(), second.WithoutConversions()],
            ISwitchExpressionOperation choice => choice.Arms.Select(static arm => arm.Value.WithoutConversions()),
            { } only => [only],
        };

        // LuaScript.Prepare(text), also loaded.
        private string? TextOf(IOperation script)
        {
            IOperation value = resolved(script);
            for (int i = 0; i < MaxSteps; i++)
            {
                if (value.ConstantValue is { HasValue: true, Value: string constant })
                {
                    return constant;
                }

                IOperation? step = value switch
                {
                    IAwaitOperation awaited => awaited.Operation,
                    IInvocationOperation made when catalog.MakesScript(made.TargetMethod) =>
                        made.Instance ?? (made.Arguments.Length == 1 ? made.Arguments[0].Value : null),
                    _ => catalog.Types.ReceiverOf(value, KnownMember.OfTask),
                };
                if (step is null)
                {
                    return null;
                }

                value = resolved(step);
            }

            return null;
        }

        private int? TextOrNumber(IOperation value) => resolved(value).ConstantValue switch
        {
            { HasValue: true, Value: int number } => number,
            { HasValue: true, Value: string digits }
                when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
            _ => null,
        };
    }

    private readonly record struct Given(IOperation Value, IParameterSymbol List, int Index, bool IsApart);
}
