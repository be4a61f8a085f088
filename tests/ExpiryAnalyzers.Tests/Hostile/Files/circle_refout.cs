using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { static void Swap<T>(ref T a, ref T b) { (a, b) = (b, a); Swap(ref b, ref a); } static void Out(out string a, string b) { Out(out a, a); }
 static ref string Ref(ref string a) => ref Ref(ref a); static ref DateTime RefD(ref DateTime a) { ref DateTime b = ref RefD(ref a); return ref b; } static TimeSpan In(in TimeSpan t) => In(in t) + In(t);
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 ref string a = ref a; ref string b = ref c; ref string c = ref b; ref DateTime x = ref x; x = x.AddDays(1);
 Swap(ref k, ref k); Swap(ref d, ref d); Out(out var q, q); Out(out string z, z + z); db.StringGet(q); db.KeyExpire(q, x);
 db.StringSet(z, "v"); db.KeyExpire(z, x - x);
 ref var r = ref Ref(ref k); r = r + k; db.StringGet(r); db.KeyExpire(r, d);
 ref DateTime rd = ref RefD(ref d); rd = rd.AddDays(1); db.KeyExpire(k, rd); Ref(ref Ref(ref Ref(ref k))) = Ref(ref k) + Ref(ref k);
 db.StringSet(Ref(ref k), "v"); db.KeyExpire(Ref(ref k), In(in t)); RefD(ref RefD(ref rd)) = RefD(ref rd);

}
}