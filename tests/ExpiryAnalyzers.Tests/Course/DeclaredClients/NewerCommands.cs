using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.DeclaredClients
{
    /// <summary>Commands of Redis 8.4, which no server at hand has.</summary>
    public sealed class NewerCommands
    {
        private readonly IDatabase _db;

        public NewerCommands(IDatabase db) => _db = db;

        public async Task<bool> ComparedAsync(string name, Func<Task> work)
        {
            string token = Guid.NewGuid().ToString();
            if (!await _db.StringSetAsync("compared:" + name, token, TimeSpan.FromSeconds(30), When.NotExists)) // expect: EXP201
            {
                return false;
            }

            try
            {
                await work();
                return true;
            }
            finally
            {
                await _db.ExecuteAsync("DELEX", "compared:" + name, "IFEQ", token);
            }
        }
    }
}
