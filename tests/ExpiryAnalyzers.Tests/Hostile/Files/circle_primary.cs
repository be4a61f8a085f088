using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
class P(IDatabase db, string k, TimeSpan t, DateTime d) : Q(db, k + k, t, d) { string _k = k; string k2 = k2 + k; string A => B; string B => A; DateTime X => Y.AddDays(1); DateTime Y => X; TimeSpan Z { get; } = Z + Z;
 void M() { db = db; k = k + k; t += t; d = d; db.StringSet(k, 1); db.KeyExpire(k, t); db.StringGet(_k); db.KeyExpire(_k, d); db.StringGet(A); db.KeyExpire(A, X); db.StringSet(k2, 1); db.KeyExpire(k2, Z); }
 required public string Req { get => Req; init => Req = value + Req; } public required DateTime When { get; init; } = When;
 static P Make(IDatabase db) => new P(db, Make(db).k, Make(db).t, Make(db).When) { Req = Make(db).Req, When = Make(db).When }; void N() { var p = new P(db, p.k, p.t, p.d) { Req = p.Req, When = p.When }; db.StringSet(p.Req, 1); db.KeyExpire(p.Req, p.When); } }
 class Q(IDatabase db, string k, TimeSpan t, DateTime d) : P(db, k, t, d);