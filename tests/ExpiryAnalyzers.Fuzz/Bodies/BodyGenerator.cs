using System.Globalization;
using System.Text;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>
/// Writes classes full of client calls whose names lead to themselves, to each other, or to many others at once: locals, tuples, patterns,
/// deconstructions, fields, properties, lambdas, delegates, receivers, queues, options and helpers. Much of it does not compile, as code
/// under an editor's cursor does not. The same seed writes the same text.
/// </summary>
public sealed class BodyGenerator
{
    private const int Names = 5;

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private int _fuel;

    private BodyGenerator(int seed) => _random = new Random(seed);

    /// <summary>The text of that seed.</summary>
    public static string Write(int seed)
    {
        BodyGenerator generator = new(seed);
        string text = generator.File();
        return generator.Chance(4) ? TokenMutations.Mutate(text, seed) : text;
    }

    private string File()
    {
        Line("using StackExchange.Redis;");
        Line("using Microsoft.Extensions.Caching.Distributed;");
        Line("using Microsoft.Extensions.Caching.Memory;");
        Line($"partial class C{(Chance(4) ? "(IDatabase r0, string s0)" : "")} {{");
        for (int index = 0; index < Names; index++)
        {
            Member(index);
        }

        for (int method = _random.Next(1, 4); method > 0; method--)
        {
            Method(method);
        }

        Line("}");
        return _text.ToString();
    }

    private void Member(int index)
    {
        _fuel = 40;
        Line($"  {Pick("static readonly ", "readonly ", "", "static ")}string fs{index} = {Text()};");
        Line($"  static DateTime fd{index} {Pick("=", "=>")} {Instant()};");
        Line($"  TimeSpan ft{index} {Pick("=>", "{ get; } =")} {Span()};");
        Line($"  {Pick("readonly ", "")}IDatabase{Pick("", "Async")} fr{index} = {Receiver()};");
        Line($"  string ps{index} => {Text()};");
        Line($"  {Pick("static ", "")}string HelpText{index}(string s0, string s1 = null) => {Text()};");
        Line($"  DateTime HelpInstant{index}(DateTime d0) {{ {Pick("", "d0 = d0.AddDays(1); ")}return {Instant()}; }}");
        Line($"  TimeSpan HelpSpan{index}(TimeSpan t0) => {Span()};");
        Line($"  void HelpPair{index}(IDatabase r0, string s0, TimeSpan t0) {{ {Pick("", "s0 = \"p:\" + s0; ", "t0 += t0; ", $"s0 += {Text()}; ")}"
            + $"{Call()} HelpPair{Any()}({Receiver()}, {Text()}, "
            + $"{Span()}); {Call()} }}");
        Line($"  DistributedCacheEntryOptions HelpOptions{index}(DateTime d0) => {Options()};");
    }

    private void Method(int number)
    {
        Line($"  async Task M{number}(IDatabase r0, string s0, TimeSpan t0, DateTime d0, ITransaction q0, IBatch q1, bool flag, int "
            + $"count, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {{");
        _fuel = 30;
        for (int index = 1; index < Names; index++)
        {
            Line("    " + Declaration(index));
        }

        _fuel = _random.Next(10, 120);
        while (_fuel > 0)
        {
            Line("    " + Statement(3));
        }

        Line("  }");
    }

    private string Declaration(int index) => _random.Next(9) switch
    {
        0 => $"string s{index}, s{index}b = s{index} + s{index}b; DateTime d{index} = d{index}.AddDays(1); TimeSpan t{index} = "
            + $"t{index} + t{index};",
        1 => $"var (s{index}, t{index}, d{index}) = ({Text()}, {Span()}, {Instant()});",
        2 => $"string s{index} = {Text()}; TimeSpan t{index} = {Span()}; DateTime d{index} = {Instant()};",
        3 => $"any.Fill(out string s{index}, out TimeSpan t{index}, out DateTime d{index});",
        4 => $"if ({Text()} is {{ Length: > 1 }} s{index} && {Span()} is var t{index}) {{ }} var d{index} = {Instant()};",
        5 => $"string s{index} = s{(index + 1) % Names}, d{index} = s{(index + Names - 1) % Names}; TimeSpan t{index} = "
            + $"t{(index + 1) % Names};",
        6 => $"var p{index} = (a: {Text()}, b: {Span()}); (p{index}.a, p{index}.b) = (p{index}.a + p{index}.a, p{index}.b + "
            + $"p{index}.b); var s{index} = p{index}.a; var t{index} = p{index}.b; var d{index} = {Instant()};",
        7 => $"Func<string, string> f{index} = x => f{index}(x) + f{Any()}({Text()}); string s{index} = f{index}(s0); TimeSpan "
            + $"t{index} = {Span()}; DateTime d{index} = {Instant()};",
        _ => $"ref string s{index} = ref s{Any()}; TimeSpan t{index} = {Span()}; DateTime d{index} = {Instant()}; var r{index} = "
            + $"{Receiver()}; var q{index}x = {Queue()};",
    };

    private string Statement(int depth)
    {
        _fuel--;
        string inner() => depth == 0 ? Call() : Statement(depth - 1) + " " + Statement(depth - 1);
        int label = _random.Next(1000);
        return _random.Next(depth == 0 ? 12 : 24) switch
        {
            < 6 => Call(),
            6 => $"s{Any()} {Pick("=", "+=")} {Text()};",
            7 => $"d{Any()} = {Instant()};",
            8 => $"t{Any()} {Pick("=", "+=")} {Span()};",
            9 => $"(s{Any()}, s{Any()}) = ({Text()}, {Text()});",
            10 => $"{Pick("r0", "fr1", "fr2")} = {Receiver()};",
            11 => Locking(),
            12 => $"if ({Condition()}) {{ {inner()} }}{(Chance(2) ? $" else {{ {inner()} }}" : "")}",
            13 => $"foreach (var s{Any()}l in many) {{ {inner()} {Pick("continue;", "break;", "")} }}",
            14 => $"while ({Condition()}) {{ {inner()} }}",
            15 => $"try {{ {inner()} }} {(Chance(2) ? $"catch (Exception e) when ({Condition()}) {{ {inner()} }} " : "")}finally {{ "
                + $"{inner()} }}",
            16 => $"void Local{label}(string s0) {{ {inner()} Local{label}({Text()}); }} Local{label}({Text()});",
            17 => $"Action go{label} = {Pick("", "async ")}() => {{ {inner()} go{label}(); }}; go{label}();",
            18 => $"await Task.Run({Pick("async ", "")}() => {{ {inner()} }});",
            19 => $"switch (count) {{ case 1: {inner()} break; case 2: goto case 1; default: {inner()} goto case 2; }}",
            20 => $"back{label}: {inner()} if ({Condition()}) goto back{label};",
            21 => $"{{ using var q{label} = {Queue()} as IDisposable; {inner()} }}",
            22 => $"return{Pick("", " " + Text())};",
            _ => Deep(),
        };
    }

    private string Call()
    {
        _fuel--;
        string key = Text();
        return _random.Next(16) switch
        {
            0 => $"{Await()}{Receiver()}.StringSet{Async()}({key}, {Text()});",
            1 => $"{Await()}{Receiver()}.StringSet{Async()}({key}, {Text()}, {Span()});",
            2 or 3 => $"{Await()}{Receiver()}.KeyExpire{Async()}({key}, {Span()});",
            4 => $"{Await()}{Receiver()}.KeyExpire{Async()}({key}, {Instant()});",
            5 => $"var v{_random.Next(1000)} = {Await()}{Receiver()}.StringGet{Async()}({key});",
            6 => $"if ({Receiver()}.StringIncrement({key}) == 1) {Receiver()}.KeyExpire({key}, {Span()});",
            7 => $"{Await()}{Receiver()}.HashSet{Async()}({key}, \"f\", {Text()});",
            8 => $"_ = {Queue()}.StringSetAsync({key}, 1); {Queue()}.Execute();",
            9 => $"await {Queue()}.StringGetAsync({key});",
            10 => $"cache.Set({key}, null, {Options()});",
            11 => $"memory.Set({key}, 1, {Pick(Span(), Instant())});",
            12 => $"r0.ScriptEvaluate(\"redis.call('expire', KEYS[1], ARGV[1])\", new RedisKey[] {{ {key} }}, new RedisValue[] {{ "
                + $"{Text()} }});",
            13 => $"r0.Execute(\"EXPIRE\", {key}, {Span()}.TotalSeconds);",
            14 => $"HelpPair{Any()}({Receiver()}, {key}, {Span()});",
            _ => $"{Await()}r0.KeyDelete{Async()}({key});",
        };
    }

    private string Locking() =>
        $"if ({Await()}r0.LockTake{Async()}({Text()}, {Text()}, {Span()})) {{ try {{ {Call()} await Task.Delay({Span()}); }} finally "
            + $"{{ r0.LockRelease({Text()}, {Text()}); }} }}";

    private string Text()
    {
        _fuel--;
        if (_fuel < 0)
        {
            return Pick("s0", "s1", "\"k\"");
        }

        return _random.Next(14) switch
        {
            < 4 => $"s{Any()}",
            4 => $"fs{Any()}",
            5 => $"ps{Any()}",
            6 => $"{Text()} + {Text()}",
            7 => $"$\"{{s{Any()}}}:{{s{Any()}}}{{s{Any()}}}\"",
            8 => $"HelpText{Any()}({Text()}, {Text()})",
            9 => $"string.Concat({Text()}, {Text()}, {Text()})",
            10 => $"string.Join(\":\", {Text()}, {Text()})",
            11 => $"string.Format(\"{{0}}{{1}}{{0}}\", {Text()}, {Text()})",
            12 => $"({Condition()} ? {Text()} : {Text()})",
            _ => $"(s{Any()} ??= {Text()})",
        };
    }

    private string Instant()
    {
        _fuel--;
        if (_fuel < 0)
        {
            return Pick("DateTime.Now", "d1", "DateTime.UtcNow");
        }

        return _random.Next(10) switch
        {
            < 3 => $"d{Any()}",
            3 => $"fd{Any()}",
            4 => $"HelpInstant{Any()}({Instant()})",
            5 => $"{Instant()}.Add({Span()})",
            6 => $"({Instant()} + {Span()})",
            7 => $"DateTime.SpecifyKind({Instant()}, {Instant()}.Kind)",
            8 => $"({Condition()} ? {Instant()} : {Instant()}.ToUniversalTime())",
            _ => $"count switch {{ 1 => {Instant()}, _ => {Instant()} }}",
        };
    }

    private string Span()
    {
        _fuel--;
        if (_fuel < 0)
        {
            return Pick("TimeSpan.FromMinutes(1)", "t1", "TimeSpan.Zero");
        }

        return _random.Next(10) switch
        {
            < 3 => $"t{Any()}",
            3 => $"ft{Any()}",
            4 => $"HelpSpan{Any()}({Span()})",
            5 => $"({Span()} + {Span()})",
            6 => $"({Instant()} - {Instant()})",
            7 => $"TimeSpan.FromSeconds({Span()}.TotalSeconds * count)",
            8 => $"({Condition()} ? {Span()} : {Span()})",
            _ => $"TimeSpan.From{Pick("Minutes", "Seconds", "Milliseconds")}({_random.Next(100)})",
        };
    }

    private string Receiver() => _random.Next(8) switch
    {
        < 4 => "r0",
        4 => $"fr{Any()}",
        5 => $"(flag ? r0 : fr{Any()})",
        6 => $"r{Any()}",
        _ => $"r0.Multiplexer.GetDatabase({_random.Next(3)})",
    };

    private string Queue() => Pick("q0", "q1", "r0.CreateTransaction()", "r0.CreateBatch()", $"q{Any()}x", "(flag ? q0 : q1)");

    private string Options() => _random.Next(4) switch
    {
        0 => $"HelpOptions{Any()}({Instant()})",
        1 => $"new DistributedCacheEntryOptions {{ AbsoluteExpiration = {Instant()} }}",
        2 => $"new DistributedCacheEntryOptions().SetAbsoluteExpiration({Span()}).SetSlidingExpiration({Span()})"
            + $".SetAbsoluteExpiration({Instant()})",
        _ => $"new() {{ AbsoluteExpirationRelativeToNow = {Span()}, SlidingExpiration = {Span()} }}",
    };

    private string Condition() => Pick(
        "flag", "count > 1", $"s{Any()} == s{Any()}", $"d{Any()}.Kind == DateTimeKind.Utc", $"t{Any()} > TimeSpan.Zero",
            $"s{Any()} is {{ Length: > 1 }}", $"DateTime.Now < d{Any()}", "r0.KeyExists(s0)");

    // Chains as long, and nesting as deep, as code by hand does not reach and code by a tool may.
    private string Deep()
    {
        int deep = _random.Next(20, 150);
        string shared = string.Concat(Enumerable.Range(1, deep / 5)
            .Select(level => string.Create(CultureInfo.InvariantCulture, $" var x{level} = x{level - 1} + x{level - 1} + x{level - 1};")));
        return _random.Next(8) switch
        {
            0 => $"r0.KeyExpire({string.Join(" + ", Enumerable.Repeat($"s{Any()}", deep))}, {Span()});",
            1 => $"r0.KeyExpire(s0, {string.Join(" + ", Enumerable.Repeat($"t{Any()}", deep))});",
            2 => $"r0.KeyExpire(s0, d{Any()}{string.Concat(Enumerable.Repeat(".AddDays(1)", deep))});",
            3 => $"r0.KeyExpire({string.Concat(Enumerable.Repeat($"HelpText{Any()}(", deep))}s0{new string(')', deep)}, {Span()});",
            4 => $"{string.Concat(Enumerable.Repeat("if (flag) { ", deep))}{Call()}{new string('}', deep)}",
            5 => $"{{ string x0 = s{Any()};{shared} r0.StringSet(x{deep / 5}, 1); r0.KeyExpire(x{deep / 5}, {Span()}); }}",
            6 => $"{{ TimeSpan x0 = t{Any()};{shared} r0.KeyExpire(s0, x{deep / 5}); }}",
            // The compiler itself binds a lambda anew at each level around it where there are errors.
            _ => string.Concat(Enumerable.Repeat("new Action(() => { ", deep / 10)) + Call()
                + string.Concat(Enumerable.Repeat(" })();", deep / 10)),
        };
    }

    private string Await() => Pick("await ", "", "_ = ");

    private string Async() => Pick("Async", "");

    private int Any() => _random.Next(Names);

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private void Line(string line) => _text.Append(line).Append('\n');
}
