using ExpiryAnalyzers.Keys;
using Xunit;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>Which expressions are read as the same key, and which are not read at all.</summary>
public sealed class KeyReaderTests
{
    /// <summary>Key helpers, and members that answer something else each time.</summary>
    private const string Members = """
        private const string Name = "app";
        private static readonly string Prefix = "k:";
        private readonly string _prefix = "k:";
        private int _count;
        private IDatabase Db => throw null!;
        private static string Slot(string id) => "k:" + id;
        private static string CreateSlot(string id) => $"k:{id}";
        private static string LongSlot(string id) { if (id.Length == 0) { throw new ArgumentException(); } string trimmed = id.Trim(); return "k:" + trimmed; }
        private static string SlotOf(string id) { foreach (char x in id) { if (x == ':') { return "k:" + id; } } return "k:_" + id; }
        private static string Two(string x, string y) => x + ":" + y;
        private static string Swapped(string x, string y) => Two(y, x);
        private string OfTenant(string id) => tenant + ":" + id;
        private static string Fresh(string id) => "k:" + id + Guid.NewGuid();
        private static string FreshLong(string id) { string x = Helper(id); return x.Length > 3 ? x : id; }
        private static string Helper(string id) { var r = new Random(); return id + r.Next(); }
        private string Numbered(string id) => "k:" + id + _count++;
        private static string Loop(string id) => Loop(id) + "x";
        private static string Around(string id) => Back(id); private static string Back(string id) => Around(id);
        private static string Built(string id) { var parts = new List<string>(); parts.Add("k"); parts.Add(id); return parts.Count > 3 ? "" : string.Join(":", parts); }
        """;

    [Theory]
    [InlineData("a + (b + c)", "(a + b) + c")]
    [InlineData("a + (b + c)", "$\"{a}{b}{c}\"")]
    [InlineData("a + b + c", "string.Concat(a, b, c)")]
    [InlineData("a + b + c", "string.Concat(new[] { a, b, c })")]
    [InlineData("a + ':' + b", "string.Join(\":\", a, b)")]
    [InlineData("a + ':' + b", "string.Join(':', a, b)")]
    [InlineData("a + ':' + n", "string.Join(\":\", new object[] { a, n })")]
    [InlineData("$\"k:{a}:{b}\"", "string.Format(\"k:{0}:{1}\", a, b)")]
    [InlineData("$\"k:{b}:{a}\"", "string.Format(CultureInfo.InvariantCulture, \"k:{1}:{0}\", a, b)")]
    [InlineData("\"{\" + a + \"}\"", "string.Format(\"{{{0}}}\", a)")]
    [InlineData("$\"k:{n:D4}\"", "string.Format(\"k:{0:D4}\", n)")]
    [InlineData("$\"k:{n,8:D4}\"", "string.Format(\"k:{0,8:D4}\", n)")]
    [InlineData("$\"k:{n}\"", "string.Create(CultureInfo.InvariantCulture, $\"k:{n}\")")]
    [InlineData("$\"k:{n:D4}\"", "string.Create(CultureInfo.InvariantCulture, $\"k:{n:D4}\")")]
    [InlineData("$\"k:{n}\"", "\"k:\" + n.ToString()")]
    [InlineData("$\"k:{n}\"", "\"k:\" + n.ToString(CultureInfo.InvariantCulture)")]
    [InlineData("$\"{g:N}\"", "g.ToString(\"N\")")]
    [InlineData("\"k:\" + a", "Prefix + a")]
    [InlineData("\"app\" + a", "Name + a")]
    [InlineData("\"k:\" + a", "Slot(a)")]
    [InlineData("\"k:\" + a", "CreateSlot(a)")]
    [InlineData("\"k:\" + a.Trim()", "LongSlot(a)")]
    [InlineData("SlotOf(a)", "SlotOf(a)")]
    [InlineData("Built(a)", "Built(a)")]
    [InlineData("b + \":\" + a", "Two(b, a)")]
    [InlineData("b + \":\" + a", "Swapped(a, b)")]
    [InlineData("tenant + \":\" + a", "OfTenant(a)")]
    [InlineData("\"user:\" + user.Id", "user.CacheKey")]
    [InlineData("(RedisKey)(\"k:\" + a)", "new RedisKey(\"k:\" + a)")]
    [InlineData("((RedisKey)\"k:\").Append(a)", "((RedisKey)\"k:\").Append(a)")]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase(1)")]
    [InlineData("$\"{Colour.Red}:{a}\"", "\"Red:\" + a")]
    [InlineData("a.ToLower()", "a.ToLower()")]
    [InlineData("list[n]", "list[n]")]
    [InlineData("map[a]", "map[a]")]
    [InlineData("TimeSpan.FromSeconds(n)", "TimeSpan.FromSeconds(n)")]
    [InlineData("user?.Id", "user.Id")]
    [InlineData("Path.Combine(a, b)", "Path.Combine(a, b)")]
    public void Same(string left, string right)
    {
        Seen seen = Seen.In($"See({left}); See({right}); var first = {left}; See(first);", Members);
        Assert.NotNull(seen[0]);
        Assert.Equal(seen[0], seen[1]);
        Assert.Same(seen[0]!.Canonical, seen[1]!.Canonical);
        Assert.Equal(seen[0], seen[2]);
    }

    [Theory]
    [InlineData("a + b", "b + a")]
    [InlineData("a + ':' + b", "a + b")]
    [InlineData("$\"{n:D4}\"", "$\"{n}\"")]
    [InlineData("$\"{n,8}\"", "$\"{n}\"")]
    [InlineData("g.ToString(\"N\")", "g.ToString()")]
    [InlineData("Two(a, b)", "Two(b, a)")]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase(2)")]
    [InlineData("a.ToLower()", "a.ToUpper()")]
    [InlineData("a + \"'|'\" + b", "a + b")]
    [InlineData("user.Id", "user.CacheKey")]
    [InlineData("string.Join(\":\", a, b)", "string.Join(\"-\", a, b)")]
    public void Different(string left, string right)
    {
        Seen seen = Seen.In($"See({left}); See({right});", Members);
        Assert.NotNull(seen[0]);
        Assert.NotEqual(seen[0], seen[1]);
    }

    [Theory]
    [InlineData("Guid.NewGuid()")]
    [InlineData("$\"k:{Guid.NewGuid():N}\"")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("\"k:\" + Random.Shared.Next()")]
    [InlineData("Environment.TickCount64")]
    [InlineData("Path.GetRandomFileName()")]
    [InlineData("Console.In.ReadLine()")]
    [InlineData("Fresh(a)")]
    [InlineData("FreshLong(a)")]
    [InlineData("Helper(a)")]
    [InlineData("Numbered(a)")]
    [InlineData("Slot(Guid.NewGuid().ToString())")]
    [InlineData("db.CreateTransaction()")]
    [InlineData("() => a")]
    public void AnotherEachTime(string expression)
    {
        Seen seen = Seen.In($"See({expression}); var kept = {expression}; See(kept); See(kept);", Members);
        Assert.Null(seen[0]);

        // What a variable holds is one value, wherever it comes from.
        Assert.NotNull(seen[1]);
        Assert.Equal(seen[1], seen[2]);
    }

    [Fact]
    public void WhatIsStillPutTogetherIsNoKey()
    {
        Seen seen = Seen.In("var text = new StringBuilder(a); See(text.ToString());");
        Assert.Null(seen[0]);
    }

    [Theory]
    [InlineData("Loop(a)")]
    [InlineData("Around(a)")]
    public void HelpersInACircle_End(string expression)
    {
        Seen seen = Seen.In($"See({expression}); See({expression});", Members);
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public void LoopsOverOneCollection_AreAboutTheSameKeys()
    {
        Seen seen = Seen.In("""
            foreach (var one in list) { See("k:" + one); }
            foreach (var other in list) { See("k:" + other); }
            foreach (var pair in map) { See(pair.Key); See(pair.Value); }
            foreach (var (key, value) in map) { See(key); See(value); }
            foreach (var key in map.Keys) { See(key); }
            foreach (var made in list.Where(x => x != "")) { See(made); }
            foreach (var again in list.Where(x => x != "")) { See(again); }
            """);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[2], seen[4]);
        Assert.Equal(seen[3], seen[5]);
        Assert.Equal(seen[2], seen[6]);
        Assert.NotEqual(seen[2], seen[3]);
        Assert.NotEqual(seen[7], seen[8]);
    }

    [Fact]
    public void AKeyDependsOnItsVariablesAndMembers()
    {
        Seen seen = Seen.In("var key = $\"{a}:{Own}:{user.Id}\"; See(key);", "public string Own { get; set; } = \"\";");
        Assert.Equal(["Id", "Own", "a", "user"], seen[0]!.Symbols.Select(symbol => symbol.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("string key = key + \"a\"; See(key);")]
    [InlineData("string key; key = $\"user:{key}\"; See(key);")]
    [InlineData("string x, y; x = y + a; y = x + a; See(x);")]
    [InlineData("string x = y + \":x\", y = x + \":y\"; See(x);")]
    [InlineData("string key; return; key = \"user:\" + key; See(key);")]
    [InlineData("((dynamic)db).Fill(out string key); key = \"user:\" + key; See(key);")]
    [InlineData("string a = \"p\" + a; See(a);")]
    [InlineData("var x = F(x => x); string F(Func<string, string> f) => f(x); See(x);")]
    public void AVariableThatLeadsToItself_IsThatVariable(string statements)
    {
        Seen seen = Seen.In(statements);
        Assert.Equal(KeyKind.Var, seen[0]!.Canonical.Kind);
    }

    [Fact]
    public void OfACircleNoOrderOfQuestionsTells()
    {
        const string Statements = "string v, w, x, y; v = w + x; w = y + a; y = v + \"y\"; x = y + \"x\"; var z = x + \"z\";";
        string[] names = ["v", "w", "x", "y", "z"];
        string[] expected = [.. names.Select(name => Seen.In(Statements + $"See({name});").Tree(0).ToString())];
        foreach (string[] order in Permutations(names))
        {
            Seen seen = Seen.In(Statements + string.Concat(order.Select(name => $"See({name});")));
            Assert.Equal(expected, names.Select(name => seen.Tree(Array.IndexOf(order, name)).ToString()));
            Assert.Equal(expected, names.Reverse().Select(name => seen.Tree(Array.IndexOf(order, name)).ToString()).Reverse());
        }

        static IEnumerable<string[]> Permutations(string[] all) => all.Select((_, i) => all.Skip(i).Concat(all.Take(i)).ToArray());
    }

    [Theory]
    [InlineData("+")]
    [InlineData("$")]
    [InlineData("call")]
    public void Doubling_IsReadInProportion(string way)
    {
        const int Levels = 60;
        string Double(int i) => way switch { "+" => $"k{i} + k{i}", "$" => $"$\"{{k{i}}}{{k{i}}}\"", _ => $"Two(k{i}, k{i})" };
        string statements = "var k0 = a; " + string.Concat(Enumerable.Range(0, Levels).Select(i => $"var k{i + 1} = {Double(i)}; "));
        Seen seen = Seen.In(statements + $"See(k{Levels}); See(k{Levels});", Members);
        Assert.NotNull(seen[0]);
        Assert.Equal(seen[0], seen[1]);
        Assert.InRange(seen.Reader.Table.Count, Levels / 8, 10 * Levels);
    }

    [Fact]
    public void LongChainsFitASmallStack()
    {
        const int Length = 3000;
        string locals = "var k0 = a; " + string.Concat(Enumerable.Range(0, Length).Select(i => $"var k{i + 1} = k{i} + \":\" + b; "));
        Seen seen = Seen.In(locals + $"See(k{Length});");
        Exception? thrown = null;
        Key? key = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    key = seen[0];
                    key!.ToString();
                    seen.Shape(0);
                    seen.Reader.Table.Import(key);
                }
                catch (InvalidOperationException exception)
                {
                    thrown = exception;
                }
            },
            maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
        Assert.NotNull(key);
        Assert.InRange(seen.Reader.Table.Count, Length / KeyCaps.RowParts, 4 * Length);
    }
}
