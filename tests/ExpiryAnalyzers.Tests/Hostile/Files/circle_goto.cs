using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 switch (n) { case 0: goto case 1; case 1: goto case 2; case 2: db.StringSet(k, 1); goto case 0; case 3: goto default; default: db.KeyExpire(k, t); goto case 3; case 4: switch (k) { case "a": goto case "b"; case "b": goto case "a"; default: goto default; } }
 goto b; a: k += k; db.StringSet(k, 1); if (flag) goto b; goto c; b: d = d.AddDays(1); db.KeyExpire(k, d); if (n > 1) goto a; c: if (n > 2) goto b; if (n > 3) goto a; e: goto e; f: goto g; g: goto f;
 try { h: if (flag) goto h; goto outside; } finally { j: db.KeyExpire(k, t); if (flag) goto j; try { goto l; } finally { l2: goto l2; } l: ; } outside: try { try { goto outside; } finally { goto inside; inside: ; } } catch { goto outside; } finally { db.KeyExpire(k, d); }
 lock (this) { goto m; } m: lock (k) lock (k) { db.KeyExpire(k, d); goto outside; } for (;;) { for (;;) { goto x; } x: goto y; } y: while (true) { z: if (flag) break; goto z; }

}
}