using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {
goto i; while (flag) { i: db.StringSet(k, 1); k = k + k; if (flag) { j: db.KeyExpire(k, t); goto i; } } goto j; goto nowhere; dup: dup: goto dup; { dup: goto dup; } case 1: goto case 1; default: break; continue; yield return k; yield break; goto; goto case; goto default; switch (k) { case k: case var k: goto case k; } switch { } switch () { case 1 }
}
}