using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 var q = from x in q from y in x let z = z let w = x + y + w where db.KeyExpire(z, t) join j in q on j equals x into jj group x by y into g select g.Key into h orderby h select h + q; foreach (var s in q) { db.StringSet(s, 1); db.KeyExpire(s, t); }
 var r = from a in many from b in many from c in many let dd = a + b + c let e = dd + dd + dd let f = e + e + e select (f, db.StringSet(f, 1), db.KeyExpire(f, t)); r.ToList().ForEach(x => r.ToList().ForEach(y => db.KeyExpire(y.f, t)));
 many.Select(a => many.Select(b => many.Select(c => { k = k + a + b + c; db.StringSet(k, 1); return db.KeyExpire(k, t); }).All(x => x)).Any(x => x)).Aggregate((a, b) => a && b); var agg = many.Aggregate(agg, (x, y) => agg + x + y); db.StringSet(agg, 1); db.KeyExpire(agg, t); await Task.WhenAll(many.Select(async x => { await db.StringSetAsync(x, 1); await Task.WhenAll(many.Select(y => db.KeyExpireAsync(x, t))); })); many.ToList().ForEach(many.ToList().ForEach); Parallel.ForEach(many, x => Parallel.ForEach(many, y => { db.StringSet(x, y); db.KeyExpire(x, t); })); 

}
}