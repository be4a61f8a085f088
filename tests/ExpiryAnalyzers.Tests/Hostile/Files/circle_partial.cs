using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { partial string K(string s); partial string K(string s) => K(s) + K2; partial string K2 { get; } partial string K2 { get => K(K2); } partial DateTime D { get; set; } partial DateTime D { get => D; set => D = value; } partial void M(IDatabase db); partial void M(IDatabase db) { M(db); db.StringSet(K2, 1); db.KeyExpire(K2, D - D); db.KeyExpire(K(K2), D); } partial C(IDatabase db); partial C(IDatabase db) : this(db) { M(db); } partial event Action E; partial event Action E { add { E += value; } remove { E -= E; } } partial void N(); partial void O() { } partial int P(); }
#if X
partial class C { void { }
#elif !Y
partial class C { string Q { get; } = "a" +
#if Z
"b"
#else
Q
#endif
; void R(IDatabase db) { db.StringSet(Q, 1); db.KeyExpire(Q, D); } }
#else
}}}
#endif
partial class C : C { } partial class C : D { } class D : C { }
partial class E1 : I1 { void I1.M(IDatabase db, string k) { ((I1)this).M(db, k); db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); } } interface I1 : I2 { void M(IDatabase db, string k); } interface I2 : I1 { } interface I3 { void M(IDatabase db, string k); class Imp(I3 i) : I3 { public void M(IDatabase db, string k) { i.M(db, k); db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); M(db, k); } } }