using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { static DistributedCacheEntryOptions O = O; DistributedCacheEntryOptions Mk(DistributedCacheEntryOptions x) => Mk(x).SetAbsoluteExpiration(Mk(x).AbsoluteExpiration.Value); void Cfg(Action<DistributedCacheEntryOptions> a) { a(O); Cfg(a); Cfg(x => a(x)); }
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 var o = new DistributedCacheEntryOptions { AbsoluteExpiration = o.AbsoluteExpiration, SlidingExpiration = o.SlidingExpiration }; o = o; o.AbsoluteExpiration = o.AbsoluteExpiration; o.AbsoluteExpirationRelativeToNow = o.SlidingExpiration + o.AbsoluteExpirationRelativeToNow; var p = q; var q = p; q = p.SetAbsoluteExpiration(q.AbsoluteExpiration.Value); p = q.SetSlidingExpiration(p.SlidingExpiration.Value); cache.Set(k, null, o); cache.Set(k, null, p); cache.Set(k, null, O); O = O.SetAbsoluteExpiration(O.AbsoluteExpiration.Value); cache.Set(k, null, Mk(o)); (o, p) = (p, o); o = flag ? o : p; cache.Set(k, null, o); var e = memory.CreateEntry(memory.CreateEntry(e).Key); e.AbsoluteExpiration = e.AbsoluteExpiration; e.Value = e; memory.GetOrCreate(k, x => { x.AbsoluteExpiration = x.AbsoluteExpiration; return memory.GetOrCreate(x, y => { y = x; x = y; y.SetOptions(mo); return y; }); }); MemoryCacheEntryOptions mo = new MemoryCacheEntryOptions { AbsoluteExpiration = mo.AbsoluteExpiration }.SetAbsoluteExpiration(mo.AbsoluteExpiration.Value); memory.Set(k, mo, mo); mo.RegisterPostEvictionCallback((a, b, c, dd) => memory.Set(a, b, mo)); Cfg(o => { o.AbsoluteExpiration = o.AbsoluteExpiration; Cfg(o => o = o); }); o.AbsoluteExpiration = p.AbsoluteExpiration = o.AbsoluteExpiration = DateTime.Now; foreach (var x in many) { o.AbsoluteExpiration = (o = p).AbsoluteExpiration; p = new() { AbsoluteExpiration = o.AbsoluteExpiration }; cache.Set(x, null, p); }

}
}