using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Shop.Tokens;

public sealed partial class TokenStore
{
    private readonly IDatabase _db;

    public TokenStore(IDatabase db) => _db = db;

    public Task IssueAsync(string id, string token) => _db.StringSetAsync(string.Format("token:{0}", id), token, TimeSpan.FromDays(7));

    public async Task IssueCodeAsync(string id, string code)
    {
        await _db.StringSetAsync($"code:{id}", code);
        await _db.KeyExpireAsync($"code:{id}", TimeSpan.FromMinutes(5));
    }
}

public sealed partial class TokenStore
{
    // Bug: the other part of the type gives the TTL.
    public Task RotateAsync(string id, string token) => _db.StringSetAsync($"token:{id}", token); // expect: EXP404

    // Bug: the TTL came with a second command there.
    public Task ResendAsync(string id, string code) => _db.StringSetAsync($"code:{id}", code); // expect: EXP404
}
