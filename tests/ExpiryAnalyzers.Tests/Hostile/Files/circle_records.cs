using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
record R(string K, DateTime D, TimeSpan T, R Next) { public R Self => this with { Next = Self }; public string Key { get; init; } = Key; public DateTime At { get; init; } = At.AddDays(1);
 public R With(IDatabase db) { var r = r with { K = r.K, Next = r with { Next = r } }; db.StringSet(r.K, 1); db.KeyExpire(r.Next.Next.K, r.Next.D); return With(db) with { K = With(db).K }; }
 public void Go(IDatabase db) { R a = this with { K = K + K, D = D.AddDays(1) }; R b = a with { K = a.K + a.K, D = a.D }; a = b with { Next = a }; b = a with { Next = b, K = b.Next.Next.K }; db.StringSet(b.K, 1); db.KeyExpire(b.K, b.Next.D); db.KeyExpire(Self.Self.Self.Key, At); } }
 record struct S(S s, string k) { public void M(IDatabase db) { var x = this with { s = s with { s = s } }; db.StringGet(x.s.s.s.k); db.KeyExpire(x.s.s.s.k, default(DateTime)); } }
 record class D1(IDatabase db, string k) : D2(db, k); record class D2(IDatabase db, string k) : D1(db, k) { void M() { db.StringSet(k, 1); db.KeyExpire(k, TimeSpan.Zero); } }