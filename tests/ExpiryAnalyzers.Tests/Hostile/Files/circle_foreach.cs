using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { C Current => this; bool MoveNext() => MoveNext(); C GetEnumerator() => this; Span<string> Span() => Span();
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 foreach (var x in x) { db.StringSet(x, 1); db.KeyExpire(x, t); foreach (var y in y.Select(y => y)) foreach (var (p, q) in (p, q)) { db.StringSet(p, 1); db.KeyExpire(q, t); } }
 foreach (var c in this) foreach (var c2 in c) foreach (var c3 in c2) { db.StringSet(c3, 1); db.KeyExpire(c3, t); }
 foreach (ref var r in Span()) { r = ref r; r += r; db.StringSet(r, 1); db.KeyExpire(r, t); } foreach (many in many) many = many; foreach (k in many) k = many[k];
 for (var i = i; i < i; i = i) db.KeyExpire(i, i); for (;;) { for (;;) { k += k; db.StringSet(k, 1); continue; } db.KeyExpire(k, t); }
 do { k = k + k; db.StringGet(k); } while (db.KeyExpire(k = k + ":", t)); while (k == (k = k + k)) db.KeyExpire(k, d = d + (t += t));

}
}