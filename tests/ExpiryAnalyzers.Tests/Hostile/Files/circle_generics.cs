using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
class G<T> { public static string Key = G<G<T>>.Key + G<T>.Key; public static readonly DateTime At = G<G<T>>.At; public static TimeSpan Life => G<G<T>>.Life; public static void M(IDatabase db, string k) { G<G<T>>.M(db, k + ":"); db.StringSet(k, 1); db.KeyExpire(k, Life); db.KeyExpire(Key, At); G<G<G<T>>>.M(db, Key); }
 public static string Of<U>(U u, string k) => Of<G<U>>(null, k) + Of<(U, U)>((u, u), k); public void N<U>(IDatabase db, string k, U u) { N<G<U>>(db, k, null); N<(U, U, U)>(db, Of(u, k), default); db.StringSet(Of(u, k), 1); db.KeyExpire(Of(u, k), Life); } }
 class F<T> where T : F<T>, IEquatable<F<F<T>>> { T Me => Me.Me; string K => Me.K + Me.Me.K; public virtual void M(IDatabase db) { Me.M(db); Me.Me.M(db); db.StringSet(Me.K, 1); db.KeyExpire(Me.K, TimeSpan.FromSeconds(1)); } } class H : F<H> { public override void M(IDatabase db) { base.M(db); this.M(db); ((F<H>)this).M(db); } }
 class W<T, U> where T : U where U : T { void M(IDatabase db, T t) { db.KeyExpire(t, t); } } class X : List<X> { void M(IDatabase db) { foreach (var a in this) foreach (var b in a) foreach (var c in b) c.M(db); } } class A1<T> : A1<A1<A1<T>>> { void M(IDatabase db, string k) { db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); M(db, k); base.M(db, k); } } interface II<T> : II<II<T>> { void M(IDatabase db, string k) { ((II<II<T>>)null).M(db, k); db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); } }