using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
class C { void M(IDatabase db, string k { db.KeyExpire(k, DateTime.Now; db.StringSet(k "v") db.KeyExpire(k, ; if (db.KeyExists( { db.KeyExpire( } void M(IDatabase db, string k) { db. } void M(IDatabase db, string k) { db.KeyExpire(k, DateTime. ); db.KeyExpire(k, TimeSpan.FromMinutes(); var x = db.StringGet(k; if (x. db.KeyExpire(k, x } void M() void M; M( ; string key = key + ":x" string key = ; string Key => ; string Key(string s) => ; string Key(string s) => Key( ; DateTime D => D.Add( ; public static  IDatabase Db; Db.StringSet(k, 1); Db.KeyExpire(k, 