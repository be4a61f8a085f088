using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { async IAsyncEnumerable<string> Self(string s) { await foreach (var x in Self(s)) { yield return x; await foreach (var y in Self(x + s)) yield return y + x; } } IEnumerable<string> It(string s) { foreach (var x in It(It(s).First())) yield return x; yield break; foreach (var z in z) yield return z; }
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 await using var a = a; using var b = c; using var c = b; using (var x = x) { db.KeyExpire(k, d); } using (b) using (c) using (b) { db.StringSet(k, "v"); await using (a) { db.KeyExpire(k, t); } }
 using var tran = tran.CreateTransaction() as IDisposable; using (db.CreateTransaction() as IDisposable) { await tran.StringGetAsync(k); } await foreach (var q in q) { await using (q) { db.KeyExpire(q, d); } }
 await foreach (var s in Self(s)) { db.StringGet(s); db.KeyExpire(s, t); } using var gate = await gate.AcquireAsync(); using (await gate) await gate;

}
}