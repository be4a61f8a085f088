using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockTokenSharedFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP203_LockTokenSharedTests
{
    /// <summary>A local function takes the lock where it is called.</summary>
    [Theory]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, \"me\"); } Task<bool> Take() => db.LockTakeAsync(key, [|\"me\"|], ttl);")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await Release(); } Task<bool> Take() => db.LockTakeAsync(key, [|\"me\"|], ttl); Task Release() => db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.LockTakeAsync(key, [|\"me\"|], ttl)) return null; try { await WorkAsync(); } finally { await Release(); } Task Release() => db.LockReleaseAsync(key, \"me\");")]
    [InlineData("if (!await Take()) return null; await WorkAsync(); Task<bool> Take() => db.LockTakeAsync(key, \"me\", ttl);")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } Task<bool> Take() => db.LockTakeAsync(key, token, ttl);")]
    public Task InALocalFunction(string statements) => Check.Reports(statements);

    /// <summary>Where the token is made, the local function that takes the lock may not see it yet.</summary>
    [Fact]
    public Task Fix_NoneInALocalFunction() => Check.NoFix("if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, \"me\"); } Task<bool> Take() => db.LockTakeAsync(key, [|\"me\"|], ttl);");

    /// <summary>A release by the local function's own parameter would keep the old token.</summary>
    [Fact]
    public Task Fix_NoneWhereALocalFunctionNamesTheKeyItsOwnWay() => Check.NoFix(
        "var prefix = \"lock:\" + text; if (!db.LockTake(prefix + key, [|\"me\"|], ttl)) return null; try { await WorkAsync(); } finally { Release(key); } void Release(string id) => db.LockRelease(prefix + id, \"me\");");

    [Fact]
    public Task Fix_WhereALocalFunctionReleases() => Check.Fixes(
        "if (!db.LockTake(key, [|\"me\"|], ttl)) return null; try { await WorkAsync(); } finally { Release(); } void Release() => db.KeyDelete(key);",
        """
        var token2 = Guid.NewGuid().ToString("N");
        if (!db.LockTake(key, token2, ttl)) return null; try { await WorkAsync(); } finally { Release(); } void Release() => db.LockRelease(key, token2);
        """,
        "NewToken");

    /// <summary>Several locks whose keys are kept in a list.</summary>
    [Theory]
    [InlineData("[|\"1\"|]", "foreach (var k in held) await db.KeyDeleteAsync(k);")]
    [InlineData("[|\"1\"|]", "foreach (var k in held) await db.LockReleaseAsync(k, \"1\");")]
    [InlineData("\"1\"", "foreach (var k in held) Console.WriteLine(k);")]
    public Task KeysOfAList(string token, string release) => Check.NoFixSource($$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Bookings(IDatabase db)
        {
            public async Task<int> Create(int[] rooms, Func<Task<int>> save)
            {
                var held = new List<string>();
                try
                {
                    foreach (var room in rooms)
                    {
                        var key = $"lock:room:{room}";
                        if (!await db.StringSetAsync(key, {{token}}, TimeSpan.FromSeconds(30), When.NotExists)) return 0;
                        held.Add(key);
                    }

                    return await save();
                }
                finally { {{release}} }
            }
        }
        """, References.NewestClient);

    /// <summary>The value that a command sent by its name stores, and what only makes bytes of a text.</summary>
    [Theory]
    [InlineData("if (!db.Execute(\"SET\", \"w:lock\", [|\"1\"|], \"NX\", \"EX\", \"30\").IsNull) { try { await WorkAsync(); } finally { db.Execute(\"DEL\", \"w:lock\"); } }")]
    [InlineData("if (!db.Execute(\"SET\", \"w:lock\", [|\"1\"|], \"NX\", \"EX\", \"30\").IsNull) { try { await WorkAsync(); } finally { db.KeyDelete(\"w:lock\"); } }")]
    [InlineData("if (!db.Execute(\"SET\", \"w:lock\", [|\"1\"|], \"NX\", \"EX\", \"30\").IsNull) { try { await WorkAsync(); } finally { db.LockRelease(\"w:lock\", \"1\"); } }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.Execute(\"SET\", \"w:lock\", mine, \"NX\", \"EX\", \"30\").IsNull) { try { await WorkAsync(); } finally { db.LockRelease(\"w:lock\", mine); } }")]
    [InlineData("if (db.StringSet(\"w:lock\", [|System.Text.Encoding.UTF8.GetBytes(\"busy\")|], ttl, When.NotExists)) { try { await WorkAsync(); } finally { db.KeyDelete(\"w:lock\"); } }")]
    [InlineData("if (db.StringSet(\"w:lock\", [|System.Text.Encoding.UTF8.GetBytes($\"by {Environment.ProcessId}\")|], ttl, When.NotExists)) { try { await WorkAsync(); } finally { db.KeyDelete(\"w:lock\"); } }")]
    [InlineData("var mine = System.Text.Encoding.UTF8.GetBytes(Guid.NewGuid().ToString()); if (db.StringSet(\"w:lock\", mine, ttl, When.NotExists)) { try { await WorkAsync(); } finally { db.LockRelease(\"w:lock\", mine); } }")]
    [InlineData("if (db.LockTake(\"w:lock\", [|AppDomain.CurrentDomain.FriendlyName|], ttl)) { try { await WorkAsync(); } finally { db.LockRelease(\"w:lock\", AppDomain.CurrentDomain.FriendlyName); } }")]
    public Task TokenAsItIsStored(string statements) => Check.Reports(statements, References.NewestClient);

    /// <summary>What an endpoint or a timer runs, two tasks of one machine may run at once.</summary>
    [Theory]
    [InlineData("MapGet(\"/job\", async () => { if (!await db.LockTakeAsync(\"job\", [|Environment.MachineName|], ttl)) return 1; try { return 2; } finally { await db.LockReleaseAsync(\"job\", Environment.MachineName); } });")]
    [InlineData("MapGet(\"/job\", Work); async Task<int> Work() { if (!await db.LockTakeAsync(\"job\", [|Environment.MachineName|], ttl)) return 1; try { return 2; } finally { await db.LockReleaseAsync(\"job\", Environment.MachineName); } }")]
    [InlineData("var timer = new Timer(_ => { if (db.LockTake(\"job\", [|Environment.MachineName|], ttl)) { try { Console.WriteLine(); } finally { db.LockRelease(\"job\", Environment.MachineName); } } }, null, 0, 1000);")]
    [InlineData("var timer = new Timer(_ => { if (db.LockTake(\"job\", Environment.MachineName, ttl)) { try { Console.WriteLine(); } finally { db.LockRelease(\"job\", Environment.MachineName); } } }, null, 0, -1);")]
    [InlineData("if (await db.LockTakeAsync(\"job\", Environment.MachineName, ttl)) { try { Console.WriteLine(); } finally { await db.LockReleaseAsync(\"job\", Environment.MachineName); } }")]
    public Task MachineNameInAHandler(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        TimeSpan ttl = TimeSpan.FromSeconds(30);
        {{statements}}

        static void MapGet(string path, Func<Task<int>> handler) => Console.WriteLine(path + handler);
        """);

    [Theory]
    [InlineData("if (db.LockTake(key, [|\"locked\"|], ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, \"locked\"); } }")]
    [InlineData("if (db.LockTake(key, [|\"\"|], ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, string.Empty); } }")]
    [InlineData("if (await db.StringSetAsync(key, [|1|], ttl, When.NotExists)) { try { await WorkAsync(); } finally { await db.KeyDeleteAsync(key); } }")]
    [InlineData("var me = \"me\"; if (db.LockTake(key, [|me|], ttl)) { await WorkAsync(); db.LockRelease(key, me); }")]
    [InlineData("if (db.LockTake(text, [|text|], ttl)) { await WorkAsync(); db.LockRelease(text, text); }")]
    [InlineData("if (db.LockTake(\"lock:\" + text, [|$\"holder of {text}\"|], ttl)) { await WorkAsync(); db.LockRelease(\"lock:\" + text, $\"holder of {text}\"); }")]
    [InlineData("if (db.LockTake(key, [|Environment.ProcessId|], ttl)) { await WorkAsync(); db.LockRelease(key, Environment.ProcessId); }")]
    [InlineData("if (db.LockTake(key, [|\"locked\"|], ttl)) { await WorkAsync(); db.LockExtend(key, \"locked\", ttl); await WorkAsync(); }")]
    [InlineData("if (db.StringSet(key, [|\"x\"|], ttl, When.NotExists)) { await WorkAsync(); db.ScriptEvaluate(\"if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0\", new RedisKey[] { key }, new RedisValue[] { \"x\" }); }")]
    [InlineData("var id = new Guid().ToString(); if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("if (db.LockTake(key, [|$\"{Guid.Empty}\"|], ttl)) { await WorkAsync(); db.LockRelease(key, $\"{Guid.Empty}\"); }")]
    [InlineData("var id = default(Guid).ToString(\"N\"); if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("if (db.LockTake(key, [|RedisValue.EmptyString|], ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, RedisValue.EmptyString); } }")]
    [InlineData("RedisValue id = RedisValue.EmptyString; if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, \"\"); }")]
    [InlineData("var id = Guid.Empty.ToString(); if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("var id = typeof(string).FullName; if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("if (db.LockTake(key, [|\"of \" + typeof(string).Name|], ttl)) { await WorkAsync(); db.LockRelease(key, \"of \" + typeof(string).Name); }")]
    public Task SameForAll(string statements) => Check.Reports(statements);

    /// <summary>Names of programs, types and users, and a choice with one branch that all holders share.</summary>
    [Theory]
    [InlineData("GetType().Name", true)]
    [InlineData("\"of \" + GetType().FullName", true)]
    [InlineData("App", true)]
    [InlineData("Assembly.GetEntryAssembly()?.GetName().Name ?? \"app\"", true)]
    [InlineData("$\"{Environment.MachineName}\\\\{Environment.UserName}\"", true)]
    [InlineData("owner is null ? \"anonymous\" : Guid.NewGuid().ToString()", true)]
    [InlineData("owner is { } ? Guid.NewGuid().ToString() : Environment.MachineName", true)]
    [InlineData("string.Join('/', \"seller\", Environment.MachineName)", true)]
    [InlineData("string.Join(\"/\", new[] { \"seller\", Environment.MachineName })", true)]
    [InlineData("string.Concat(\"seller\", \"of\", Environment.MachineName, \"a\", \"b\")", true)]
    [InlineData("string.Join('/', \"seller\", Guid.NewGuid())", false)]
    [InlineData("string.Join('/', Environment.MachineName, Environment.ProcessId)", false)]
    [InlineData("System.Net.Dns.GetHostName()", true)]
    [InlineData("Fixed()", true)]
    [InlineData("Next()", false)]
    [InlineData("owner?.GetType().Name", false)]
    [InlineData("Environment.UserName", false)]
    [InlineData("$\"{Environment.MachineName}/{Environment.UserName}/{Environment.ProcessId}\"", false)]
    [InlineData("owner as string ?? \"anonymous\"", false)]
    [InlineData("owner is { } ? \"first\" : \"second\"", false)]
    [InlineData("owner is null ? \"anonymous\" : owner.ToString()", false)]
    public Task NamesAndChoices(string token, bool isShared)
    {
        string given = isShared ? "[|mine|]" : "mine";
        return Check.ReportsSource($$"""
            using System;
            using System.Reflection;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            public class Jobs(IDatabase db, Func<Task> work)
            {
                private static string App { get; } = Assembly.GetEntryAssembly()!.GetName().Name!;

                private static string Fixed() => "app";

                private static string Next() => Guid.NewGuid().ToString();

                public async Task Run(object owner)
                {
                    var mine = {{token}};
                    if (!await db.LockTakeAsync("job", {{given}}, TimeSpan.FromSeconds(30))) return;
                    try { await work(); } finally { await db.LockReleaseAsync("job", mine); }
                }
            }
            """, References.NewestClient);
    }

    /// <summary>A private method that a timer runs, by whichever way, unless it cannot run twice at once.</summary>
    [Theory]
    [InlineData("_timer = new Timer(Tick, null, 0, 1000);", "", true)]
    [InlineData("_timer = new Timer(_ => Tick(null), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));", "", true)]
    [InlineData("_timer = new Timer(_ => OnTick(), null, 0, 1000);", "", true)]
    [InlineData("_ticks.Elapsed += (_, _) => Tick(null);", "", true)]
    [InlineData("_ticks.Elapsed += OnElapsed;", "", true)]
    [InlineData("_timer = new Timer(Tick, null, 1000, Timeout.Infinite);", "", false)]
    [InlineData("_ticks.AutoReset = false; _ticks.Elapsed += (_, _) => Tick(null);", "", false)]
    [InlineData("_timer = new Timer(Tick, null, 0, 1000);", "if (Interlocked.Exchange(ref _busy, 1) == 1) return;", false)]
    [InlineData("_timer = new Timer(Tick, null, 0, 1000);", "if (_busy > 0 || _runs) return; _runs = true;", false)]
    [InlineData("_timer = new Timer(Tick, null, 0, 1000);", "_timer?.Change(Timeout.Infinite, Timeout.Infinite);", false)]
    [InlineData("_timer = new Timer(_ => { _timer!.Change(-1, -1); Tick(null); _timer.Change(1000, -1); }, null, 0, 1000);", "", false)]
    [InlineData("Tick(null);", "", false)]
    [InlineData("OnTick();", "", false)]
    public Task MachineNameInATimersMethod(string start, string first, bool isShared) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public sealed class Ticks(IDatabase db)
        {
            private readonly System.Timers.Timer _ticks = new(1000);
            private Timer? _timer;
            private int _busy;
            private bool _runs;

            public Task StartAsync() { {{start}} return Task.CompletedTask; }

            private void OnTick() => Tick(_timer);
            private void OnElapsed(object? sender, EventArgs e) => OnTick();

            private void Tick(object? state)
            {
                {{first}}
                if (!db.LockTake("tick", {{(isShared ? "[|Environment.MachineName|]" : "Environment.MachineName")}}, TimeSpan.FromSeconds(30))) return;
                try { db.StringIncrement("ticks"); } finally { db.LockRelease("tick", Environment.MachineName); Interlocked.Exchange(ref _busy, 0); }
            }
        }
        """.Replace("Interlocked.Exchange(ref _busy, 0); ", first.Length > 0 ? "_busy = 0; " : ""), References.NewestClient);

    /// <summary>What a queue or a script deletes is not in reach of a new token.</summary>
    [Theory]
    [InlineData("var batch = db.CreateBatch(); _ = batch.KeyDeleteAsync(key); batch.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.StringEqual(key, \"1\")); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("db.ScriptEvaluate(\"return redis.call('del', KEYS[1])\", new RedisKey[] { key });")]
    [InlineData("db.KeyDelete(new RedisKey[] { key, \"other\" });")]
    public Task NoFix_OfADeleteOutOfReach(string release) =>
        Check.NoFix($"if (db.StringSet(key, [|\"1\"|], ttl, When.NotExists)) {{ try {{ await WorkAsync(); }} finally {{ {release} }} }}");

    [Theory]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("var id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("var id = text + Guid.NewGuid(); if (db.LockTake(text, id, ttl)) { await WorkAsync(); db.LockRelease(text, id); }")]
    [InlineData("var id = Environment.MachineName + \":\" + Environment.ProcessId; if (db.LockTake(key, id, ttl)) { await WorkAsync(); db.LockRelease(key, id); }")]
    [InlineData("if (db.LockTake(key, Environment.MachineName, ttl)) { await WorkAsync(); db.LockRelease(key, Environment.MachineName); }")]
    [InlineData("if (db.LockTake(key, \"throttle\", ttl)) { await WorkAsync(); }")]
    [InlineData("if (db.LockTake(key, \"one\", ttl)) { await WorkAsync(); db.LockRelease(key, \"two\"); }")]
    [InlineData("if (db.StringSet(key, \"1\", ttl, When.NotExists)) { try { await WorkAsync(); } catch { db.KeyDelete(key); throw; } }")]
    [InlineData("if (db.LockTake(key, text, ttl)) { await WorkAsync(); db.LockRelease(key, text); }")]
    [InlineData("db.StringSet(key, \"1\", ttl); await WorkAsync(); db.KeyDelete(key);")]
    [InlineData("if (db.LockTake(key, typeof(string).Name, ttl)) { await WorkAsync(); db.LockRelease(key, typeof(int).Name); }")]
    [InlineData("if (db.LockTake(key, RedisValue.EmptyString, ttl)) { await WorkAsync(); db.LockRelease(key, \"two\"); }")]
    public Task Silent(string statements) => Check.Reports(statements);

    /// <summary>A handle that nobody has to dispose of may be given back on failure alone: then what was set is a mark, and no lock.</summary>
    [Theory]
    [InlineData("await db.StringSetAsync(key, [|\"1\"|], ttl, When.NotExists)", ": IDisposable")]
    [InlineData("await db.StringSetAsync(key, \"1\", ttl, When.NotExists)", "")]
    [InlineData("await db.LockTakeAsync(key, [|\"1\"|], ttl)", "")]
    public Task AHandlesCallbackEndsIt(string take, string bases) => Check.ReportsSource(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Marks(IDatabase db)
        {
            public async Task<Lease?> TakeAsync(string key, TimeSpan ttl) =>
                {{take}} ? new Lease(async () => await db.KeyDeleteAsync(key)) : null;
        }

        public sealed class Lease(Func<Task> end) {{bases}}
        {
            public Task ReleaseAsync() => end();
            public void Dispose() => end().GetAwaiter().GetResult();
        }
        """);

    /// <summary>Another member, or the handle that the taking one makes, gives the lock back by the same text.</summary>
    [Theory]
    [InlineData("[|Environment.MachineName|]", "Environment.MachineName")]
    [InlineData("[|\"1\"|]", "\"1\"")]
    [InlineData("\"1\"", "\"2\"")]
    [InlineData("Guid.NewGuid().ToString()", "\"2\"")]
    public async Task AnotherMemberEndsIt(string taken, string given)
    {
        await Check.ReportsSource(
            $$"""
            using System;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            public class Rooms(IDatabase db)
            {
                public Task<bool> TryTake(string id, TimeSpan ttl) => db.StringSetAsync($"lock:{id}", {{taken}}, ttl, When.NotExists);
                public Task Release(string id) => db.ScriptEvaluateAsync(
                    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end",
                    new RedisKey[] { $"lock:{id}" }, new RedisValue[] { {{given}} });
            }
            """);
        await Check.ReportsSource(
            $$"""
            using System;
            using StackExchange.Redis;

            public class Locks(IDatabase db)
            {
                public IDisposable? Take(string key, TimeSpan ttl) =>
                    db.LockTake(key, {{taken}}, ttl) ? new Handle { Key = key, Database = db } : null;
            }

            public sealed class Handle : IDisposable
            {
                public string Key { get; set; } = "";
                public IDatabase Database { get; set; } = null!;
                public void Dispose() => Database.LockRelease(Key, {{given}});
            }
            """);
    }

    /// <summary>What an object leaves alone once it was told of success is a mark, and no lock.</summary>
    [Theory]
    [InlineData("\"1\"", "if (!_done) db.KeyDelete(key);")]
    [InlineData("\"1\"", "if (_done) { return; } db.KeyDelete(key);")]
    [InlineData("[|\"1\"|]", "if (!_ended) { _ended = true; db.KeyDelete(key); }")]
    [InlineData("[|\"1\"|]", "db.KeyDelete(key);")]
    public Task AnObjectGivesItBack(string token, string disposal) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Marks(IDatabase db)
        {
            public Mark Begin(string id) =>
                db.StringSet("order:" + id, {{token}}, TimeSpan.FromMinutes(10), When.NotExists) ? new Mark(db, "order:" + id) : null;
        }

        sealed class Mark(IDatabase db, string key) : IDisposable
        {
            private bool _done;
            private bool _ended;

            public void Complete() => _done = true;

            public void Dispose()
            {
                {{disposal}}
            }
        }
        """);

    [Fact]
    public Task TheMachinesName() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Jobs
        {
            private static readonly RedisValue Me = Environment.MachineName;
            private readonly IDatabase _db;
            private readonly Func<Task> _work;
            public Jobs(IDatabase db, Func<Task> work) => (_db, _work) = (db, work);

            // Anybody may call it, twice at once.
            public async Task Run()
            {
                if (!_db.LockTake("job", [|Me|], TimeSpan.FromSeconds(30))) return;
                try { await _work(); } finally { _db.LockRelease("job", Me); }
            }

            private async Task Loop()
            {
                if (!_db.LockTake("job", Me, TimeSpan.FromSeconds(30))) return;
                try { await _work(); } finally { _db.LockRelease("job", Me); }
            }

            // The machine leads, whichever of its tasks.
            public async Task Lead()
            {
                if (!_db.LockTake("leader", Me, TimeSpan.FromSeconds(30))) return;
                while (await _db.LockExtendAsync("leader", Me, TimeSpan.FromSeconds(30))) await _work();
            }

            public Task<bool> OncePerNight() => _db.LockTakeAsync("digest", Environment.MachineName, TimeSpan.FromHours(5));
        }
        """);

    [Fact]
    public Task OfATypeThatTakesAndReleases() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Locker
        {
            private readonly IDatabase _db;
            public Locker(IDatabase db) => _db = db;

            public Task<bool> Take(string name) => _db.LockTakeAsync("lock:" + name, [|"locked"|], TimeSpan.FromSeconds(30));
            public Task Free(string name) => _db.LockReleaseAsync("lock:" + name, "locked");
        }

        public class Blind
        {
            private readonly IDatabase _db;
            public Blind(IDatabase db) => _db = db;

            public bool TryLock(string key) => _db.StringSet(key, [|"1"|], TimeSpan.FromSeconds(30), When.NotExists);
            public void Unlock(string key) => _db.KeyDelete(key);
        }

        public class Marks
        {
            private readonly IDatabase _db;
            public Marks(IDatabase db) => _db = db;

            public bool FirstTime(string id) => _db.StringSet("seen:" + id, "1", TimeSpan.FromDays(1), When.NotExists);
            public void Forget(string id) => _db.KeyDelete("seen:" + id);
        }
        """);

    [Fact]
    public Task Fix_NamesANewToken() => Check.Fixes(
        """
        if (!await db.LockTakeAsync("lock:report", [|"locked"|], ttl)) return null; // one at a time
        try
        {
            await WorkAsync();
            await db.LockExtendAsync("lock:report", "locked", ttl);
            await WorkAsync();
        }
        finally
        {
            await db.LockReleaseAsync("lock:report", "locked");
        }
        """,
        """
        var token2 = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:report", token2, ttl)) return null; // one at a time
        try
        {
            await WorkAsync();
            await db.LockExtendAsync("lock:report", token2, ttl);
            await WorkAsync();
        }
        finally
        {
            await db.LockReleaseAsync("lock:report", token2);
        }
        """,
        "NewToken");

    [Fact]
    public Task Fix_InTheVariableThatThereIs() => Check.Fixes(
        """
        RedisValue mine = Environment.ProcessId; // who
        if (db.LockTake("lock:report", [|mine|], ttl))
        {
            await WorkAsync();
            db.LockRelease("lock:report", mine);
        }
        """,
        """
        RedisValue mine = Guid.NewGuid().ToString("N"); // who
        if (db.LockTake("lock:report", mine, ttl))
        {
            await WorkAsync();
            db.LockRelease("lock:report", mine);
        }
        """,
        "NewToken");

    [Fact]
    public Task Fix_ReleasesByTheTokenToo() => Check.Fixes(
        """
        var got = await db.StringSetAsync("lock:report", [|1|], ttl, When.NotExists);
        if (got)
        {
            try
            {
                await WorkAsync();
            }
            finally
            {
                await db.KeyDeleteAsync("lock:report");
            }
        }
        """,
        """
        var token2 = Guid.NewGuid().ToString("N");
        var got = await db.StringSetAsync("lock:report", token2, ttl, When.NotExists);
        if (got)
        {
            try
            {
                await WorkAsync();
            }
            finally
            {
                await db.LockReleaseAsync("lock:report", token2);
            }
        }
        """,
        "NewToken");

    [Fact]
    public Task Fix_InAScript() => Check.Fixes(
        """
        if (db.StringSet(key, [|"x"|], ttl, When.NotExists))
        {
            await WorkAsync();
            db.ScriptEvaluate("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0", new RedisKey[] { key }, new RedisValue[] { "x" });
        }
        """,
        """
        var token2 = Guid.NewGuid().ToString("N");
        if (db.StringSet(key, token2, ttl, When.NotExists))
        {
            await WorkAsync();
            db.ScriptEvaluate("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0", new RedisKey[] { key }, new RedisValue[] { token2 });
        }
        """,
        "NewToken");

    [Theory]
    [InlineData("if (db.LockTake(key, [|\"x\"|], ttl)) { if (db.LockQuery(key) == \"x\") await WorkAsync(); db.LockRelease(key, \"x\"); }")]
    [InlineData("var me = \"me\"; Action free = () => db.LockRelease(key, \"me\"); if (db.LockTake(key, [|me|], ttl)) { await WorkAsync(); db.LockRelease(key, me); } free();")]
    public Task NoFix_WhereTheTokenIsUsedOtherwise(string statements) => Check.NoFix(statements);

    [Fact]
    public Task NoFix_WhereAnotherMemberGivesItToo() => Check.NoFixSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Locker
        {
            private readonly IDatabase _db;
            public Locker(IDatabase db) => _db = db;

            public Task<bool> Take(string name) => _db.LockTakeAsync("lock:" + name, [|"locked"|], TimeSpan.FromSeconds(30));
            public Task Free(string name) => _db.LockReleaseAsync("lock:" + name, "locked");
        }
        """);

    [Theory]
    [InlineData("string", true)]
    [InlineData("int", false)]
    public Task Fix_WhereHelpersAreHandedIt(string type, bool isFixed)
    {
        string given = isFixed ? "\"1\"" : "1";
        string reported = OrdersOver(type, $"[|{given}|]");
        return isFixed ? Check.FixesSource(reported, OrdersOver(type, "token", "var token = Guid.NewGuid().ToString(\"N\");\n        "), "NewToken")
            : Check.NoFixSource(reported);
    }

    /// <summary>A new token in the taking member alone would leave the other with the old one.</summary>
    [Theory]
    [InlineData("public bool Keep(string id) => db.LockExtend(\"lock:\" + id, \"1\", Life) || db.LockTake(\"lock:\" + id, [|\"1\"|], Life);")]
    [InlineData("public void Release(string id) => db.ScriptEvaluate(\"if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0\", new RedisKey[] { \"lock:\" + id }, new RedisValue[] { \"1\" });")]
    public Task NoFix_WhereAnotherMemberMayEndIt(string member) => Check.NoFixSource(
        $$"""
        using System;
        using StackExchange.Redis;

        public class Locks(IDatabase db, Action work)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public void Run(string id)
            {
                if (!db.LockTake("lock:" + id, [|"1"|], Life)) return;
                try { work(); } finally { db.LockRelease("lock:" + id, "1"); }
            }

            {{member}}
        }
        """);

    /// <summary>The commonest lock that is made at home is prolonged by a SET: no record, whatever its names.</summary>
    [Theory]
    [InlineData("TryReserve", "Store", "")]
    [InlineData("TryAcquire", "Renew", ", When.Exists")]
    public Task AMarkThatAnotherMemberStoresAnew(string take, string store, string condition) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Requests(IDatabase db, string prefix)
        {
            private readonly string _prefix = prefix;

            public Task<bool> {{take}}(string id, TimeSpan life) => db.StringSetAsync(_prefix + id, [|"IN_FLIGHT"|], life, When.NotExists);

            public Task Release(string id) => db.KeyDeleteAsync(_prefix + id);

            public Task {{store}}(string id, string answer, TimeSpan life) => db.StringSetAsync(_prefix + id, answer, life{{condition}});
        }
        """);

    // A delete without the token would be left that runs behind the taking, although it stands before it.
    [Theory]
    [InlineData("Action free = () => db.KeyDelete(key); if (!db.LockTake(key, [|\"me\"|], ttl)) return null; try { await WorkAsync(); } catch { free(); throw; } db.LockRelease(key, \"me\");")]
    [InlineData("bool held = false; while (flag) { if (held) db.KeyDelete(key); held = db.LockTake(key, [|\"me\"|], ttl); if (held) await WorkAsync(); }")]
    public Task NoFix_WhereADeleteComesRoundAgain(string statements) => Check.NoFix(statements);

    // The release would still be anybody's, of which EXP205 would speak.
    [Theory]
    [InlineData("cs.Set(key + \"_lock\", [|1|], 30, CSRedis.RedisExistence.Nx)", "cs.Del(key + \"_lock\")")]
    [InlineData("free.SetNx(key + \"_lock\", [|1|], 30)", "free.Del(key + \"_lock\")")]
    public Task NoFix_WhereTheClientHasNoReleaseByToken(string take, string release) => Check.NoFixSource(
        $$"""
        using System;

        class Jobs(CSRedis.CSRedisClient cs, FreeRedis.RedisClient free, Action work)
        {
            public void Run(string key)
            {
                if (!{{take}}) return;
                try { work(); } finally { {{release}}; }
            }
        }
        """,
        References.AllClients);

    [Fact]
    public Task Fix_OfTheGuidThatIsAllZeros() => Check.Fixes(
        "var id = new Guid().ToString(); if (db.LockTake(key, [|id|], ttl)) { await WorkAsync(); db.LockRelease(key, id); }",
        "var id = Guid.NewGuid().ToString(\"N\"); if (db.LockTake(key, id, ttl)) { await WorkAsync(); db.LockRelease(key, id); }",
        "NewToken");

    // Who unlocks by hand gives the token, too.
    [Fact]
    public Task NoFix_WhereAnotherMemberGivesItToAHelper() =>
        Check.NoFixSource(OrdersOver("string", "[|\"1\"|]", more: "\n\n    public Task Unlock(string order) => _locks.Release(order, \"1\");"));

    /// <summary>A class whose helpers take a lock and give it back, and one that calls them.</summary>
    private static string OrdersOver(string type, string token, string before = "", string more = "") => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public class Locks
        {
            private readonly IDatabase _db;
            public Locks(IDatabase db) => _db = db;

            public Task<bool> Acquire(string name, {{type}} token) => _db.LockTakeAsync(name, token, TimeSpan.FromSeconds(30));
            public Task<bool> Release(string name, {{type}} token) => _db.LockReleaseAsync(name, token);
        }

        public class Orders
        {
            private readonly Locks _locks;
            public Orders(Locks locks) => _locks = locks;

            public async Task Run(string order, Func<Task> work)
            {
                {{before}}if (await _locks.Acquire(order, {{token}}))
                {
                    try { await work(); }
                    finally { await _locks.Release(order, {{token.Replace("[|", "").Replace("|]", "")}}); }
                }
            }{{more}}
        }
        """;
}
