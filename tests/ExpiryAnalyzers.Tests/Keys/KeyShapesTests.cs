using Xunit;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>Which sort of keys an expression belongs to: fixed text is marked with ', what varies is *.</summary>
public sealed class KeyShapesTests
{
    private const string Members = """
        private readonly string _tenant = Environment.MachineName;
        private static string Slot(string id) => "slot:" + id;
        private static string Long(string id) { foreach (char x in id) { if (x == ':') { return "k:" + id; } } return "k:_" + id; }
        private static string Plain(string id) { foreach (char x in id) { if (x == ':') { return id; } } return id.Trim(); }
        private static string Fresh() => "fresh:" + Guid.NewGuid();
        private IFactory _keys = null!;
        public interface IFactory { string SessionKey(string id); string Of(string id); }
        """;

    [Theory]
    [InlineData("\"session:\" + a", "'session:*")]
    [InlineData("$\"session:{a}:{b}\"", "'session:*':*")]
    [InlineData("\"idem:\" + key", "'idem:*")]
    [InlineData("\"fixed\"", "'fixed")]
    [InlineData("string.Join(\":\", \"user\", a)", "'user:*")]
    [InlineData("string.Format(\"user:{0}:x\", a)", "'user:*':x")]
    [InlineData("string.Concat(\"user:\", a)", "'user:*")]
    [InlineData("string.Create(CultureInfo.InvariantCulture, $\"user:{n:D4}\")", "'user:*")]
    [InlineData("\"user:\" + a.ToLowerInvariant()", "'user:*")]
    [InlineData("(\"User:\" + a).Trim()", "'User:*")]
    [InlineData("Slot(a)", "'slot:*")]
    [InlineData("Slot(\"x\" + a)", "'slot:x*")]
    [InlineData("Fresh()", "'fresh:*")]
    [InlineData("\"k:\" + (a ?? b)", "'k:*")]
    [InlineData("user.CacheKey", "'user:*")]
    [InlineData("Long(a)", "Store.Long(string)*")]
    [InlineData("_tenant + \":\" + user.Id", "Store._tenant':*")]
    [InlineData("tenant + \":\" + user.Id", "Store.Store(string).tenant':*")]
    [InlineData("_keys.SessionKey(a)", "Store.IFactory.SessionKey(string)*")]
    [InlineData("(RedisKey)\"a:\" + b", "'a:*")]
    [InlineData("_tenant + a", "Store._tenant*")]
    public void HasAShape(string key, string shape)
    {
        Seen seen = Seen.In($"string key = Console.ReadLine()!; See({key}); var kept = {key}; See(kept);", Members);
        Assert.Equal(shape, seen.Shape(0));
        Assert.Equal(shape, seen.Shape(1));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a + b")]
    [InlineData("a + ':' + b")]
    [InlineData("_tenant + a")]
    [InlineData("_tenant + \":\" + a.Trim()")]
    [InlineData("_tenant + Plain(a)")]
    [InlineData("Plain(a)")]
    [InlineData("_keys.Of(a)")]
    [InlineData("user.Id")]
    [InlineData("Guid.NewGuid()")]
    public void SaysNothingInAForward(string key) => Assert.Null(Seen.In($"See({key});", Members).Shape(0, isForwarded: true));

    [Theory]
    [InlineData("\"session:\" + a", "session:")]
    [InlineData("Slot(a)", "slot:")]
    [InlineData("a + \"x\"", "")]
    public void BeginsWith(string key, string head) => Assert.Equal(head, Seen.In($"See({key});", Members).Head(0));
}
