using ExpiryAnalyzers.Values;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.LifetimeNotUsedFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP406: a member takes or makes a lifetime that nothing reads, and stores something without it.</summary>
public sealed class EXP406_LifetimeNotUsedTests
{
    [Theory]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v);")]
    [InlineData("Task Put(string k, string v, TimeSpan? [|expiry|] = null) => db.StringSetAsync(k, v);")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan [|lifetime|]) => shared.SetAsync(k, v);")]
    [InlineData("void Put(string k, string v, int [|ttlInSeconds|]) => shared.SetString(k, v);")]
    [InlineData("void Put(string k, object v, DateTimeOffset? [|absoluteExpiration|]) => memory.Set(k, v);")]

    // Each lifetime is judged by itself.
    [InlineData("void Put(string k, object v, TimeSpan absoluteExpiration, TimeSpan [|slidingExpiration|]) => memory.Set(k, v, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = absoluteExpiration });")]
    [InlineData("void Put(string k, object v, MemoryCacheEntryOptions options, TimeSpan [|duration|]) => memory.Set(k, v, TimeSpan.FromMinutes(5));")]

    // Another is passed.
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v, TimeSpan.FromMinutes(5));")]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) { db.HashSet(k, \"f\", v); db.KeyExpire(k, TimeSpan.FromMinutes(5)); }")]

    // The framework's own name.
    [InlineData("void Put(string k, byte[] v, TimeSpan [|absoluteExpirationRelativeToNow|]) => shared.Set(k, v);")]

    // Other options are passed, which no caller hands in.
    [InlineData("static readonly DistributedCacheEntryOptions Usual = new() { SlidingExpiration = TimeSpan.FromMinutes(1) };\nTask Put(string k, byte[] v, TimeSpan [|ttl|]) => shared.SetAsync(k, v, Usual);")]
    [InlineData("readonly DistributedCacheEntryOptions _usual = new();\nvoid Put(string k, string v, int [|ttlInSeconds|]) => shared.SetString(k, v, _usual);")]

    // In a local function.
    [InlineData("void Put(string k, string v)\n{\n    Set(TimeSpan.Zero);\n    void Set(TimeSpan [|ttl|]) => db.StringSet(k, v);\n}")]

    // By way of a helper.
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => Keep(k, v);\nvoid Keep(string k, string v, TimeSpan? ttl = null) => db.StringSet(k, v, ttl, When.Always);")]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => Keep(k, v);\nvoid Keep(string k, string v) => db.StringSet(k, v);")]

    // The sister uses it, whatever it is called.
    [InlineData("void Put(string k, string v, TimeSpan time) => db.StringSet(k, v, time);\nTask PutAsync(string k, string v, TimeSpan [|time|]) => db.StringSetAsync(k, v);")]
    [InlineData("void Put(string k, byte[] v, DistributedCacheEntryOptions o) => shared.Set(k, v, o);\nTask PutAsync(string k, byte[] v, DistributedCacheEntryOptions [|o|]) => shared.SetAsync(k, v);")]

    // An object that goes nowhere.
    [InlineData("Task Put(string k, byte[] v)\n{\n    var options = [|new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    return shared.SetAsync(k, v);\n}")]
    [InlineData("void Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions()|];\n    options.SetSlidingExpiration(TimeSpan.FromMinutes(20)).SetPriority(CacheItemPriority.High);\n    options.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(8);\n    memory.Set(k, v);\n}")]

    // In the block in which it can be named, behind it.
    [InlineData("void Put(string k, object v, bool isNew)\n{\n    if (isNew)\n    {\n        var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n        memory.Set(k, v);\n    }\n}")]
    [InlineData("void Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    if (v != null) { memory.Set(k, v); }\n}")]
    [InlineData("void Put(string k, object v, int kind)\n{\n    switch (kind)\n    {\n        case 1:\n            var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n            memory.Set(k, v);\n            break;\n    }\n}")]
    [InlineData("Action Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    return () => memory.Set(k, v);\n}")]

    // Another entry is told a span, or an object before this one, or an empty one.
    [InlineData("void Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    memory.Set(\"a\", v, TimeSpan.FromMinutes(5));\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, object v, MemoryCacheEntryOptions other)\n{\n    memory.Set(\"a\", v, other);\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    memory.Set(k, v, new MemoryCacheEntryOptions());\n}")]

    // An entry or an object that is told no lifetime.
    [InlineData("int Load(string k, TimeSpan [|ttl|]) => memory.GetOrCreate(k, e => 1);")]
    [InlineData("Task<int> Load(string k, TimeSpan [|ttl|]) => memory.GetOrCreateAsync(k, async e => { e.Priority = CacheItemPriority.High; await Task.Yield(); return 1; });")]
    [InlineData("void Put(string k, object v, TimeSpan [|ttl|]) { using var e = memory.CreateEntry(k); e.Value = v; }")]
    [InlineData("void Put(string k, object v, TimeSpan [|ttl|]) { using (var e = memory.CreateEntry(k)) { e.Value = v; e.Size = 1; } }")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan [|ttl|]) => shared.SetAsync(k, v, new DistributedCacheEntryOptions());")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan [|ttl|]) { DistributedCacheEntryOptions o = new(); return shared.SetAsync(k, v, o); }")]
    [InlineData("void Put(string k, object v, TimeSpan [|ttl|]) { var o = new MemoryCacheEntryOptions(); o.Size = 1; memory.Set(k, v, o); }")]
    [InlineData("void Put(string k, object v, TimeSpan [|ttl|]) => memory.Set(k, v, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High });")]
    [InlineData("int Load(string k)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    return memory.GetOrCreate(k, e => 1);\n}")]
    [InlineData("void Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions()|].SetSlidingExpiration(TimeSpan.FromMinutes(20));\n    memory.Set(k, v);\n}")]
    public Task Reports(string members) => Check.ReportsSource(InStore(members));

    [Theory]
    [InlineData("void Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v, ttl);")]
    [InlineData("void Put(string k, string v, TimeSpan ttl) { _ = ttl; db.StringSet(k, v); }")]
    [InlineData("void Put(string k, string v, TimeSpan ttl) { Console.WriteLine(nameof(ttl)); db.StringSet(k, v); }")]
    [InlineData("void Put(string k, string v, TimeSpan ttl) { Action put = () => db.StringSet(k, v, ttl); put(); }")]
    [InlineData("void Put(string k, string v) { db.StringSet(k, v); void Other(TimeSpan ttl) => Console.WriteLine(); Other(TimeSpan.Zero); }")]
    [InlineData("void Put(string k, string v, TimeSpan ttl, TimeSpan? other) { if (other is null) db.StringSet(k, v, ttl); else db.StringSet(k, v, other, When.Always); }")]

    // No lifetime by its name or its type.
    [InlineData("void Put(string k, string v, TimeSpan delay, bool expires, string duration) => db.StringSet(k, v);")]
    [InlineData("void OnTick(object sender, DateTime signalTime) => db.StringSet(\"last-tick\", \"x\");")]

    // No place for one.
    [InlineData("void Drop(string k, TimeSpan ttl) => db.KeyDelete(k);")]
    [InlineData("void Put(string k, string v, TimeSpan ttl) => throw new NotSupportedException();")]
    [InlineData("void Put(string k, string v, TimeSpan ttl) => db.HashSet(k, \"f\", v);")]

    // An entry or an object that may be told one.
    [InlineData("int Load(string k, TimeSpan ttl, Func<ICacheEntry, int> make) => memory.GetOrCreate(k, make);")]
    [InlineData("int Load(string k, TimeSpan ttl) => memory.GetOrCreate(k, Make);\nstatic int Make(ICacheEntry e) => 1;")]
    [InlineData("int Load(string k, TimeSpan ttl) => memory.GetOrCreate(k, e => Make(e));\nstatic int Make(ICacheEntry e) => 1;")]
    [InlineData("int Load(string k, TimeSpan ttl) => memory.GetOrCreate(k, e => { e.ExpirationTokens.Clear(); return 1; });")]
    [InlineData("void Put(string k, object v, TimeSpan ttl) { var e = memory.CreateEntry(k); e.SetValue(v).Dispose(); }")]
    [InlineData("ICacheEntry Put(string k, object v, TimeSpan ttl) { var e = memory.CreateEntry(k); e.Value = v; return e; }")]
    [InlineData("ICacheEntry Put(string k, TimeSpan ttl) => memory.CreateEntry(k);")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan ttl) { var o = new DistributedCacheEntryOptions(); Tell(o); return shared.SetAsync(k, v, o); }\nstatic void Tell(DistributedCacheEntryOptions o) { }")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan ttl, DistributedCacheEntryOptions o) => shared.SetAsync(k, v, o);")]
    [InlineData("void Put(string k, object v, TimeSpan ttl, Microsoft.Extensions.Primitives.IChangeToken token) => memory.Set(k, v, new MemoryCacheEntryOptions { ExpirationTokens = { token } });")]

    // Objects that go somewhere, or hold no lifetime.
    [InlineData("Task Put(string k, byte[] v)\n{\n    var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    return shared.SetAsync(k, v, options);\n}")]
    [InlineData("DistributedCacheEntryOptions Put(string k, byte[] v)\n{\n    var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    shared.Set(k, v);\n    return options;\n}")]
    [InlineData("void Put(string k, object v)\n{\n    var options = new MemoryCacheEntryOptions { Priority = CacheItemPriority.High };\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, byte[] v)\n{\n    var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    shared.Set(k, v);\n}")]

    // Alternatives to the one that is passed, and calls that cannot be handed the object.
    [InlineData("void Put(string k, object v)\n{\n    if (memory.TryGetValue(\"a\", out string s))\n    {\n        var absolute = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddSeconds(20) };\n        var sliding = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(20) };\n        var both = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1), SlidingExpiration = TimeSpan.FromSeconds(20) };\n        both.RegisterPostEvictionCallback((key, value, reason, state) => memory.Set(\"callback\", key));\n        memory.Set(\"a\", s, both);\n    }\n\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, object v, MemoryCacheEntryOptions other)\n{\n    var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    memory.Set(\"a\", v, other);\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, object v, MemoryCacheEntryOptions other)\n{\n    var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    Keep(\"a\", v, other);\n    memory.Set(k, v);\n}\n\nvoid Keep(string k, object v, MemoryCacheEntryOptions given) => memory.Set(k, v, given);")]
    [InlineData("void Put(string k, object v)\n{\n    if (v is string)\n    {\n        var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    }\n\n    memory.Set(k, v);\n}")]
    [InlineData("void Put(string k, object v, int kind)\n{\n    switch (kind)\n    {\n        case 1:\n            var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n            break;\n        default:\n            memory.Set(k, v);\n            break;\n    }\n}")]
    [InlineData("void Put(string k, object v)\n{\n    memory.Set(k, v);\n    var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n}")]
    [InlineData("void Put(string k, object v)\n{\n    memory.Set(k, v);\n    Later();\n\n    void Later() { var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }; }\n}")]
    public Task Silent(string members) => Check.ReportsSource(InStore(members));

    // What prescribes the parameter may have other implementations.
    [Theory]
    [InlineData("interface IPut { void Put(string k, string v, TimeSpan ttl); }\nclass Own(IDatabase db) : IPut { public void Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v); }")]
    [InlineData("interface IPut { void Put(string k, string v, TimeSpan ttl); }\nclass Own(IDatabase db) : IPut { void IPut.Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v); }")]
    [InlineData("abstract class Base { public abstract void Put(string k, string v, TimeSpan ttl); }\nclass Own(IDatabase db) : Base { public override void Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v); }")]
    [InlineData("interface IPut { void Put(string k, string v, TimeSpan ttl); Task PutAsync(string k, string v, TimeSpan ttl); }\nclass Own(IDatabase db) : IPut { public void Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v, ttl); public Task PutAsync(string k, string v, TimeSpan [|ttl|]) => db.StringSetAsync(k, v); }")]

    // One that the type's own methods honour can be honoured here.
    [InlineData("interface IPut { void PutAll(string[] all, TimeSpan? ttl); }\nclass Own(IDatabase db) : IPut { void Put(string k, TimeSpan? ttl = null) => db.StringSet(k, 1, ttl, When.Always); public void PutAll(string[] all, TimeSpan? [|ttl|]) { foreach (var k in all) Put(k); } }")]
    [InlineData("interface IPut { void PutAll(string[] all, TimeSpan? ttl); }\nclass Own(IDatabase db) : IPut { void Put(string k, int tries = 1, TimeSpan? expiry = null) => db.StringSet(k, tries, expiry, When.Always); public void PutAll(string[] all, TimeSpan? [|ttl|]) { foreach (var k in all) Put(k, 2); } }")]
    [InlineData("interface IPut { void PutAll(string[] all, TimeSpan? ttl); }\nclass Own(IDatabase db) : IPut { void Put(string k, TimeSpan? [|ttl|] = null) => db.StringSet(k, 1); public void PutAll(string[] all, TimeSpan? ttl) { foreach (var k in all) Put(k); } }")]
    [InlineData("interface IPut { void PutAll(string[] all, TimeSpan? ttl); }\nclass Own(IDatabase db) : IPut { void Put(string k, TimeSpan? ttl = null) => db.StringSet(k, 1, ttl, When.Always); public void PutAll(string[] all, TimeSpan? ttl) { foreach (var k in all) Put(k, TimeSpan.FromHours(1)); } }")]

    // An abstract sister is what overrides it.
    [InlineData("abstract class Base { public abstract void Put(string k, object v, TimeSpan? sliding = null, TimeSpan? absolute = null); public virtual void PutAsync(string k, object v, TimeSpan? sliding = null, TimeSpan? [|absolute|] = null) => Put(k, v, sliding); }\nclass Own(IMemoryCache memory) : Base { public override void Put(string k, object v, TimeSpan? sliding = null, TimeSpan? absolute = null) => memory.Set(k, v, new MemoryCacheEntryOptions { SlidingExpiration = sliding, AbsoluteExpirationRelativeToNow = absolute }); }")]
    [InlineData("interface IPut { void PutAsync(string k, object v, TimeSpan? absolute = null); }\nabstract class Base : IPut { public abstract void Put(string k, object v, TimeSpan? absolute = null); public virtual void PutAsync(string k, object v, TimeSpan? absolute = null) => Put(k, v); }\nclass Own(IMemoryCache memory) : Base { public override void Put(string k, object v, TimeSpan? absolute = null) => memory.Set(k, v); }")]

    // So does a delegate, but not one of any type.
    [InlineData("delegate void Setter(string k, string v, TimeSpan ttl);\nSetter Set => Put;\nvoid Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v);")]
    [InlineData("void Start() => Run(Put);\nvoid Run(Action<string, string, TimeSpan> put) => put(\"k\", \"v\", TimeSpan.Zero);\nvoid Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v);")]
    [InlineData("void Start() => Map(Put);\nvoid Map(Delegate handler) { }\nvoid Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v);")]
    [InlineData("void Start() => Put(\"k\", \"v\", TimeSpan.Zero);\nvoid Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v);")]

    // So may what does not bind.
    [InlineData("class Own(IDatabase db) : {|CS0246:IPut|} { public void Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v); void Keep(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v); }")]
    public Task WhereTheParameterIsPrescribed(string members) => Check.ReportsSource(InStore(members));

    [Theory]
    [InlineData("Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v);", "Put(string k, string v, TimeSpan ttl) => db.StringSet(k, v, ttl);")]
    [InlineData("Put(string k, string v, TimeSpan [|ttl|]) { if (v == null) db.StringSet(k, \"\"); else db.StringSet(k, v, when: When.NotExists); }", "Put(string k, string v, TimeSpan ttl) { if (v == null) db.StringSet(k, \"\", ttl); else db.StringSet(k, v, expiry: ttl, when: When.NotExists); }")]
    [InlineData("Put(string k, byte[] v, TimeSpan? [|ttl|] = null) => shared.Set(k, v);", "Put(string k, byte[] v, TimeSpan? ttl = null) => shared.Set(k, v, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl });")]
    [InlineData("Put(string k, byte[] v, TimeSpan [|slidingExpiration|]) => shared.Set(k, v); // bytes", "Put(string k, byte[] v, TimeSpan slidingExpiration) => shared.Set(k, v, new DistributedCacheEntryOptions { SlidingExpiration = slidingExpiration }); // bytes")]
    [InlineData("Put(string k, string v, int [|ttlInSeconds|]) => shared.SetString(k, v);", "Put(string k, string v, int ttlInSeconds) => shared.SetString(k, v, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(ttlInSeconds) });")]
    [InlineData("Put(string k, object v, TimeSpan [|duration|]) => memory.Set(k, v);", "Put(string k, object v, TimeSpan duration) => memory.Set(k, v, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = duration });")]
    [InlineData("Put(string k, string v, TimeSpan [|ttl|]) => Keep(k, v);\nvoid Keep(string k, string v, TimeSpan? expiry = null) => db.StringSet(k, v, expiry, When.Always);", "Put(string k, string v, TimeSpan ttl) => Keep(k, v, ttl);\nvoid Keep(string k, string v, TimeSpan? expiry = null) => db.StringSet(k, v, expiry, When.Always);")]
    [InlineData("Put(string k, string v, TimeSpan [|ttl|]) => this.Keep(k, v);\nvoid Keep(string k, string v, When when = When.Always, TimeSpan? expiry = null) => db.StringSet(k, v, expiry, when);", "Put(string k, string v, TimeSpan ttl) => this.Keep(k, v, expiry: ttl);\nvoid Keep(string k, string v, When when = When.Always, TimeSpan? expiry = null) => db.StringSet(k, v, expiry, when);")]
    [InlineData("Put(string k, byte[] v)\n{\n    var options = [|new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    shared.Set(k, v);\n}", "Put(string k, byte[] v)\n{\n    var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    shared.Set(k, v, options);\n}")]
    [InlineData("Put(string k, object v)\n{\n    var options = [|new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) }|];\n    memory.Set(k, v);\n}", "Put(string k, object v)\n{\n    var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };\n    memory.Set(k, v, options);\n}")]
    [InlineData(
        "PutAsync(string k, string v, TimeSpan? sliding = null, TimeSpan? [|absolute|] = null) => Put(k, v, sliding);\nvoid Put(string k, string v, TimeSpan? sliding = null, TimeSpan? absolute = null) => db.StringSet(k, v, absolute ?? sliding, When.Always);",
        "PutAsync(string k, string v, TimeSpan? sliding = null, TimeSpan? absolute = null) => Put(k, v, sliding, absolute);\nvoid Put(string k, string v, TimeSpan? sliding = null, TimeSpan? absolute = null) => db.StringSet(k, v, absolute ?? sliding, When.Always);")]
    public Task Fix_PassesItOn(string before, string after) => Check.FixesSource(InStore("void " + before), InStore("void " + after), "PassOn");

    // Which of the two is meant the code does not say.
    [Theory]
    [InlineData("db.StringSet(k, v, TimeSpan.FromMinutes(5));", "db.StringSet(k, v, ttl);")]
    [InlineData("memory.Set(k, v, new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(5) });", "memory.Set(k, v, new MemoryCacheEntryOptions { SlidingExpiration = ttl });")]
    public Task Fix_InsteadOfAnother(string before, string after) => Check.AsksSource(
        InStore("void Put(string k, string v, TimeSpan [|ttl|]) => " + before), InStore("void Put(string k, string v, TimeSpan ttl) => " + after), "Instead");

    /// <summary>Callers who leave it out had the other one until now, and keep it.</summary>
    [Theory]
    [InlineData("TimeSpan? [|ttl|] = null", "db.StringSet(k, v, TimeSpan.FromMinutes(5), When.NotExists);", "db.StringSet(k, v, ttl ?? TimeSpan.FromMinutes(5), When.NotExists);")]
    [InlineData("TimeSpan? [|expiry|] = null", "db.KeyExpire(k, TimeSpan.FromMinutes(5));", "db.KeyExpire(k, expiry ?? TimeSpan.FromMinutes(5));")]
    [InlineData("TimeSpan? [|ttl|]", "db.StringSet(k, v, db.Database == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5), When.Always);", "db.StringSet(k, v, ttl ?? (db.Database == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5)), When.Always);")]
    [InlineData("TimeSpan? [|slidingExpiration|]", "memory.Set(k, v, new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(5) });", "memory.Set(k, v, new MemoryCacheEntryOptions { SlidingExpiration = slidingExpiration ?? TimeSpan.FromMinutes(5) });")]
    public Task Fix_KeepsTheOtherWhereNoneIsGiven(string parameter, string before, string after) => Check.AsksSource(
        InStore($"void Put(string k, string v, {parameter}) => {before}"),
        InStore($"void Put(string k, string v, {parameter.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)}) => {after}"),
        "Instead",
        References.NewestClient);

    // The other one is a caller's, too; who leaves it out asks for zero; it is the time after an access, and the other is not.
    [Theory]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|] = default) => db.StringSet(k, v, TimeSpan.FromMinutes(5));")]
    [InlineData("void Put(string k, string v, TimeSpan [|slidingExpiration|]) => shared.SetString(k, v, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) });")]
    [InlineData("void Put(string k, string v, TimeSpan [|slidingExpiration|]) => db.StringSet(k, v, TimeSpan.FromMinutes(5));")]
    [InlineData("void Put(string k, object v, TimeSpan absoluteExpiration, TimeSpan [|slidingExpiration|]) => memory.Set(k, v, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = absoluteExpiration });")]
    [InlineData("void Put(string k, string v, TimeSpan span, TimeSpan [|ttl|]) => db.StringSet(k, v, span + TimeSpan.FromMinutes(1));")]
    public Task NoFix_InsteadOfAnotherOfTheCaller(string members) => Check.NoFixSource(InStore(members), References.NewestClient);

    // Callers who left it out would get an error; the unit is not known; the loop would give all the same; it is told too late.
    [Theory]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|] = default) => db.StringSet(k, v);")]
    [InlineData("void Put(string k, string v, int [|ttlSeconds|] = 0) => db.StringSet(k, v);")]
    [InlineData("void Put(string k, string v, int [|ttl|]) => db.StringSet(k, v);")]
    [InlineData("void Put(string k, string v, TimeSpan absoluteExpiration, TimeSpan [|slidingExpiration|]) => db.StringSet(k, v, absoluteExpiration);")]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => db.StringSet(k, v, null, keepTtl: true);")]
    [InlineData("void Put(string[] all, string v, TimeSpan [|ttl|]) { foreach (var k in all) db.StringSet(k, v); }")]
    [InlineData("void Put(string k, string v, TimeSpan [|ttl|]) => Keep(k, v);\nvoid Keep(string k, string v) => db.StringSet(k, v);")]
    [InlineData("void Put(string k, byte[] v)\n{\n    var options = [|new DistributedCacheEntryOptions()|];\n    shared.Set(k, v);\n    options.SlidingExpiration = TimeSpan.FromMinutes(20);\n}")]
    public Task Fix_None(string members) => Check.NoFixSource(InStore(members), References.NewestClient);

    /// <summary>What the call would have to be told, its author has to write.</summary>
    [Theory]
    [InlineData("int Load(string k, TimeSpan [|ttl|]) => memory.GetOrCreate(k, e => 1);")]
    [InlineData("void Put(string k, object v, TimeSpan [|ttl|]) { using var e = memory.CreateEntry(k); e.Value = v; }")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan [|ttl|]) { var o = new DistributedCacheEntryOptions(); return shared.SetAsync(k, v, o); }")]
    [InlineData("Task Put(string k, byte[] v, TimeSpan [|ttl|]) => shared.SetAsync(k, v, new DistributedCacheEntryOptions());")]
    public Task NoFix_WhatIsToldByAnotherWay(string members) => Check.NoFixSource(InStore(members), References.NewestClient);

    /// <summary>The options have a place of their own, and are left out.</summary>
    [Theory]
    [InlineData("ValueTask<T> Load<T>(string k, Func<CancellationToken, ValueTask<T>> make, TimeSpan [|lifetime|]) => hybrid.GetOrCreateAsync(k, make);")]
    [InlineData("ValueTask Put(string k, TimeSpan [|ttl|]) => hybrid.SetAsync(k, 1);")]
    [InlineData("void Put(string k, TimeSpan [|ttl|]) => fusion.Set(k, 1);")]
    [InlineData("int Load(string k, TimeSpan [|ttl|]) => fusion.GetOrSet<int>(k, _ => 1);")]
    [InlineData("ValueTask Put(string k, TimeSpan ttl) => hybrid.SetAsync(k, 1, new HybridCacheEntryOptions { Expiration = ttl });")]
    [InlineData("ValueTask Put(string k, HybridCacheEntryOptions options, TimeSpan delay) => hybrid.SetAsync(k, 1);")]
    [InlineData("void Put(string k, TimeSpan ttl) => fusion.Set(k, 1, ttl);")]
    [InlineData("void Put(string k, TimeSpan ttl) => fusion.Set(k, 1, options => options.SetDuration(ttl));")]
    [InlineData("void Drop(string k, TimeSpan ttl) => fusion.Remove(k);")]
    [InlineData("ValueTask Drop(string k, TimeSpan ttl) => hybrid.RemoveAsync(k);")]
    public Task WhereTheOptionsAreLeftOut(string member) => Check.NoFixSource(
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Hybrid;
        using ZiggyCreatures.Caching.Fusion;

        class Store(HybridCache hybrid, IFusionCache fusion)
        {
            {{member}}
        }
        """,
        References.AllClients);

    [Theory]
    [InlineData("ttl", true)]
    [InlineData("TTL", true)]
    [InlineData("keepFor", true)]
    [InlineData("timeToLiveMs", true)]
    [InlineData("secondsToLive", false)]
    [InlineData("absoluteExpiration", true)]
    [InlineData("expirationInMinutes", true)]
    [InlineData("slidingLifetimeHours", true)]
    [InlineData("minutes", false)]
    [InlineData("expiryPolicy", false)]
    [InlineData("defaultTtl", false)]
    [InlineData("sliding", false)]
    public void Names(string name, bool isLifetime) => Assert.Equal(isLifetime, TimeNames.IsLifetime(name));

    private static string InStore(string members) => $$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        class Store(IDatabase db, IDistributedCache shared, IMemoryCache memory)
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;
}
