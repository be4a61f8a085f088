using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
static class X { extension(IDatabase db) { public void Touch(string k, TimeSpan t) { db.Touch(k, t); db.StringSet(k, 1); db.KeyExpire(k, t); db.Self.Touch(k, t); } public IDatabase Self => db.Self; public static IDatabase operator +(IDatabase a, IDatabase b) => a + b; } extension(string s) { public string Up => s.Up + s.Up; public string Down() => s.Down().Up; public static string Make => string.Make + string.Make; }
 extension<T>(T t) where T : IDatabase { public T It => t.It; public void Q(string k) { t.It.Q(k); t.It.StringSet(k.Up, 1); t.It.KeyExpire(k.Up, TimeSpan.Zero); } } public static string E(this string s) => s.E().E(); public static DateTime E(this DateTime d) => d.E().E().AddDays(1); public static IDatabase E(this IDatabase d) => d.E().E();
 public static void M(this IDatabase db, string k, DateTime d) { db.E().E().StringSet(k.E().E(), 1); db.E().E().KeyExpire(k.E().E(), d.E()); db.M(k.E(), d.E()); (db + db).StringSet(string.Make, 1); (db + db).KeyExpire(string.Make, TimeSpan.Zero); db.Self.Self.StringSet(k.Up.Down(), 1); db.Self.Self.KeyExpire(k.Up.Down(), TimeSpan.Zero); db?.E()?.E()?.KeyExpire(k?.E()?.E(), d.E().E()); } }