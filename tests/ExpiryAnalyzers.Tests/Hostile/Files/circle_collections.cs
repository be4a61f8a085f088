using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {

 List<string> l = [.. l, .. l, k, .. [.. l]]; string[] arr = [.. arr, k, .. many]; RedisKey[] keys = [.. keys, k]; db.KeyDelete([.. keys, .. keys]); db.StringGet([k, .. many, .. keys]); foreach (var x in [.. l, .. arr]) { db.StringSet(x, 1); db.KeyExpire(x, t); } l = [.. l.Select(x => l.First()), .. (l = [.. l])]; db.StringSet(l[0], 1); db.KeyExpire(l[^1], t); db.KeyExpire(arr[arr[arr.Length]], t); var ano = new { k, ano = ano, d }; var an2 = new { an2.k, x = new { an2.x } }; db.StringSet(ano.ano.k, 1); db.KeyExpire(ano.ano.k, ano.d); Dictionary<string, DateTime> dict = new() { [k] = dict[k], [dict] = dict, { k, dict[k] } }; db.KeyExpire(k, dict[k]); db.KeyExpire(k, dict.GetValueOrDefault(k, dict[k])); db.KeyExpire(k!!!!.ToString()!!!, d!!); db.KeyExpire(default, default(DateTime)); db.KeyExpire(default(default), default!); db.StringSet(keys.ToDictionary(x => x, x => (RedisValue)k).ToArray()); foreach (var x in keys) db.KeyExpire(x, t); int[,] mm = { { mm[0, 0] } }; int[][] jag = [jag[0], [.. jag]]; var kv = new KeyValuePair<RedisKey, RedisValue>[] { new(k, 1), kv[0], .. kv }; db.StringSet(kv); foreach (var p in kv) db.KeyExpire(p.Key, t); [k, d] = [k, d]; k = k[..][^1..][k.Length..]; db.StringSet(k[..k.Length], 1); db.KeyExpire(k[..k.Length], d);

}
}