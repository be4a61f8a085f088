using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { (string a, DateTime b) F; string this[string s] { get => this[s]; set => this[value] = s; } void Deconstruct(out string a, out DateTime b) { (a, b) = this; } void G() { var (a, b) = this; (a, b) = this; }
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 var (a, b) = (b, a); (string p, string q) = (q + p, p + q); (p, (q, p)) = (q, (p, q)); var tt = (tt, tt); (k, k) = (k, k); (d, t) = (d + t, d - d);
 var (x, (y, z)) = ((x, y), (z, (x, y))); var u = (k: k, u: u.u); db.StringGet(u.u.u.u.k); db.KeyExpire(u.u.u.k, d);
 db.StringSet(p, "v"); db.KeyExpire(p, t); db.StringSet(a, "v"); db.KeyExpire(b, t); for (var i = (k, d); ; i = (i.Item1 + i.Item1, i.d.AddDays(1))) { db.StringSet(i.Item1, 1); db.KeyExpire(i.Item1, i.d); }
 (this[k], this[this[k]]) = (this[this[k]], this[k]); (F, F) = (F, F); (F.a, F.b) = F; F = (F.b, F.a); db.KeyExpire(F.a, F.b);

}
}