using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 if (k is var k2 && k2 is var k3 && k3 is var k2b && k2b is { Length: var l } and not { Length: > 5 } or string and var bad) { db.StringSet(k2, 1); db.KeyExpire(k3, t); }
 if (s is string s) { db.KeyExpire(s, d); } if (many is [var f, .. var rest, var f2] && rest is [.., var f3]) { db.StringSet(f, 1); db.KeyExpire(f3, t); db.KeyExpire(f2, t); }
 if (d is { Kind: var kind } and { Date: { Date: { Date: { Kind: DateTimeKind.Utc } } } }) db.KeyExpire(k, d);
 while (d is var d2 && d2 is var d && d is { Kind: not DateTimeKind.Utc }) { d = d2; db.KeyExpire(k, d); }
 var z = z switch { var zz when zz is var zzz => zzz ?? z, null => z, _ => z switch { var y => y } }; db.KeyExpire(z, d);
 var w = k switch { "a" => w, "b" => k, { Length: var ll } when ll > w.Length => w + w, [.. var sl] => sl, _ => throw w }; db.StringSet(w, w); db.KeyExpire(w, t);
 var o = (k, d, t); if (o is (var oa, { Kind: DateTimeKind.Local } ob, _) && (oa, ob) is (string, var oc)) db.KeyExpire(oa, oc);
 if (d is { Kind: DateTimeKind.Utc } == d is { Kind: DateTimeKind.Local }) db.KeyExpire(k, d); d = d is var q ? q : q; t = t is { Ticks: > 0 } t2 ? t2 : t2; db.KeyExpire(k, t);
 if (!(d.Kind is not (not (not DateTimeKind.Utc)))) db.KeyExpire(k, d);

}
}