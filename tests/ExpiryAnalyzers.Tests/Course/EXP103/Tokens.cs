using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace System.IdentityModel.Tokens.Jwt
{
    /// <summary>Stands for the type of the package of the same name.</summary>
    public class JwtSecurityToken
    {
        public DateTime ValidTo { get; set; }

        public JwtPayload Payload { get; } = new();
    }

    public sealed class JwtPayload
    {
        public long? Expiration { get; set; }
    }
}

namespace Course.Remaining
{
    using System.IdentityModel.Tokens.Jwt;

    /// <summary>A list of revoked tokens, each kept until it would have expired anyway.</summary>
    public sealed class RevokedTokens(IDatabase db)
    {
        public Task Revoke(string id, JwtSecurityToken token) =>
            db.StringSetAsync("revoked:" + id, "1", token.ValidTo - DateTime.Now); // expect: EXP103

        public Task RevokeRight(string id, JwtSecurityToken token) =>
            db.StringSetAsync("revoked:" + id, "1", token.ValidTo - DateTime.UtcNow);

        public Task RevokeByClaim(string id, JwtSecurityToken token) =>
            db.StringSetAsync("revoked:" + id, "1", TimeSpan.FromSeconds(token.Payload.Expiration ?? 3600)); // expect: EXP106

        public Task RevokeByClaimRight(string id, JwtSecurityToken token) =>
            db.StringSetAsync("revoked:" + id, "1", TimeSpan.FromSeconds((token.Payload.Expiration ?? 0) - DateTimeOffset.UtcNow.ToUnixTimeSeconds()));

        public Task Until(string id, JwtSecurityToken token) => db.KeyExpireAsync("revoked:" + id, token.ValidTo);
    }
}
