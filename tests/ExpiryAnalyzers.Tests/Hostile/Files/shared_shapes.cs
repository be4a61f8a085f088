using StackExchange.Redis;

class Shapes
{
    void Chain(IDatabase db, string key) => db.StringSet(key.Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim().Trim(), "v");

    void Nest(IDatabase db, string key) => db.StringSet(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(string.Intern(key)))))))))))))))))))))))))))))))))))))))), "v");

    void Timed(IDatabase db, string key, TimeSpan ttl) => db.StringSet(key.Trim(), "v", ttl);
}
