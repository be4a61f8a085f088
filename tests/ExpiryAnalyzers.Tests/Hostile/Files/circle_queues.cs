using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { ITransaction F; ITransaction P => P; async Task Help(ITransaction x, Task y) { await Help2(x, y); await y; await x.StringGetAsync("k"); } Task Help2(ITransaction x, Task y) => flag ? Help(x, y) : Help2(x, Help2(x, y)); bool flag; static IBatch SB = SB;
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 ITransaction tran = tran; ITransaction a = b, b = a; IBatch q = flag ? q : (IBatch)a; _ = tran.StringSetAsync(k, 1); await tran.KeyExpireAsync(k, t); await tran.ExecuteAsync(); var t1 = tran.StringGetAsync(k); var t2 = t2 ?? t1; t1 = t2; await t1; await Task.WhenAll(t1, t2, Task.WhenAll(t2, t1)); await Help(tran, t1); var list = new List<Task> { t1 }; list.Add(Task.WhenAll(list)); await Task.WhenAll(list); (a, b) = (b, a); a = b as ITransaction ?? a; await a.StringGetAsync(k); b.Execute(); var task = a.KeyExpireAsync(k, d); task = task.ContinueWith(_ => task).Unwrap(); await task; using (a as IDisposable) a = a.CreateTransaction(); tran = (tran = tran).Multiplexer.GetDatabase().CreateTransaction(tran); tran.AddCondition(Condition.KeyExists(tran.ToString())); while (!await tran.ExecuteAsync()) { tran = db.CreateTransaction(); _ = tran.KeyExpireAsync(k, t); t1 = tran.StringGetAsync(k); continue; } await t1; Task loop = null; loop = Task.WhenAll(loop, loop); await loop; F = a; a = F; F = F; await F.StringGetAsync(k); P.Execute(); await P.StringGetAsync(k); IDatabase dd = tran as IDatabase; IDatabaseAsync da = flag ? da : tran; await da.StringGetAsync(k); foreach (var x in many) { b = x == k ? a : tran; await b.StringGetAsync(x); } async Task Loc() { await tran.StringGetAsync(k); await Loc(); tran.Execute(); } await Loc(); Func<Task> fn = () => fn(); fn += async () => await tran.StringGetAsync(k); await fn(); await (await (await Task.FromResult(Task.FromResult(t1))));

}
}