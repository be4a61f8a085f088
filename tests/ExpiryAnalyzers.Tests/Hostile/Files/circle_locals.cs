using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 async Task M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 void A() { B(); db.StringSet(k, 1); C1(); } void B() { A(); db.KeyExpire(k, t); k = k + k; C1(); } void C1() { A(); B(); C1(); void D() { A(); D(); db.KeyExpire(k, d); d = d.AddDays(1); } D(); E1(D); }
 void E1(Action a) { a(); E1(a); E1(() => E1(a)); E1(A); Action q = B; q += q; q(); } string Key(string s) => Key2(s) + Key(s); string Key2(string s) { k = Key(s); return Key(Key2(k)); } DateTime When() => When().Add(Life()); TimeSpan Life() => When() - When(); T Gen<T>(T x) => Gen<List<T>>(null) is T y ? y : Gen(x);
 A(); db.StringSet(Key(k), 1); db.KeyExpire(Key(k), Life()); db.KeyExpire(Key2(k), When()); db.KeyExpire(Gen(k), Gen(t)); E1(() => { A(); void A() { A(); B(); void B() { B(); A(); db.StringSet(k, 1); db.KeyExpire(k, t); } } }); async Task As() { await As(); await db.StringSetAsync(k, 1); await db.KeyExpireAsync(k, t); await As(); } await As(); IEnumerable<string> It() { foreach (var x in It()) { yield return x; db.StringSet(x, 1); db.KeyExpire(x, t); } } foreach (var x in It()) db.KeyExpire(x, t); static void St(IDatabase db, string k) { St(db, k); db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); St2(); void St2() { St(db, k); St2(); } }

}
}