using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 any = any.any; dynamic a = a + a; any.StringSet(a, any); any.KeyExpire(a, d); db.StringSet(any, any); db.KeyExpire(any, t); db.KeyExpire((string)any[any], (DateTime)any); var x = nameof(x) + nameof(nameof) + nameof(x.x); db.StringSet(x, 1); db.KeyExpire(nameof(x), d); const string c = nameof(c) + c; db.KeyExpire(c, d); a.b.c[a](a).d = a; (dynamic p, dynamic q) = (p, q); foreach (dynamic z in any) { db.StringSet(z, 1); db.KeyExpire(z, t); } any += any; any++; any(any)(any); if (any) db.KeyExpire(k, any ? d : any); await any; using (any) db.KeyExpire(k, any ?? d);

}
}