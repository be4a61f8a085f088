using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { bool Filter(out string a, string b) { a = b + b; return Filter(out a, a); }
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 try { try { try { throw new Exception(k); } finally { return; } } finally { throw; } } finally { try { return; } finally { throw new Exception(); } }
 try { db.StringSet(k, 1); return; } catch (Exception e) when ((k = e.Message) == (k += k) && db.KeyExpire(k, t) && e is var e2 && e2 is { InnerException: var e3 }) { throw e3 ?? throw e ?? throw e2; } catch when (Filter(out k, k)) { db.KeyExpire(k, d); throw; } catch (InvalidOperationException) when (throw new Exception()) { } catch (ArgumentException ex) when (ex is { Message: var mm } ? mm == k : flag) { db.KeyExpire(mm, t); } catch { try { throw; } catch (Exception) when (Filter(out k, k + k)) { goto end; } finally { db.KeyExpire(k, t); } } finally { try { } catch { } finally { try { db.StringSet(k, 1); } finally { db.KeyExpire(k, t); } } }
 end: while (true) { try { continue; } finally { try { if (flag) continue; } finally { k = k + k; } } } while (true) try { break; } finally { while (true) try { break; } finally { db.KeyExpire(k, d); } } checked { unchecked { checked { n = checked(n + unchecked(n + n)); } } } lock (k) { try { lock (db) return; } finally { lock (k) { db.KeyExpire(k, d); } } }

}
}