using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Lobby
{
    public class LobbyOptions
    {
        public int TurnSeconds { get; set; } = 30;

        public TimeSpan IdleLobby { get; set; } = TimeSpan.FromMinutes(15);

        public TimeSpan TurnLock { get; set; } = TimeSpan.FromSeconds(8);
    }

    public interface IGameEngine
    {
        Task<string> PlayAsync(string state, string move);

        string Play(string state, string move);
    }

    public class GameLobbyService
    {
        private readonly IDatabase _lobbies;
        private readonly IDatabase _archive;
        private readonly IGameEngine _engine;
        private readonly LobbyOptions _options;

        public GameLobbyService(IConnectionMultiplexer mux, IGameEngine engine, LobbyOptions options)
        {
            _lobbies = mux.GetDatabase(1);
            _archive = mux.GetDatabase(2);
            _engine = engine;
            _options = options;
        }

        public void Join(string lobby, string player)
        {
            _lobbies.SetAdd(PlayersKey(lobby), player);
            _lobbies.KeyExpire(PlayersKey(lobby), _options.IdleLobby); // expect: EXP302
        }

        public bool IsMember(string lobby, string player)
        {
            bool member = _lobbies.SetContains(PlayersKey(lobby), player);
            _lobbies.KeyExpire(PlayersKey(lobby), _options.IdleLobby); // expect: EXP301
            return member;
        }

        public string? State(string lobby)
        {
            string? state = _lobbies.StringGet(StateKey(lobby));
            if (state is null)
            {
                state = _archive.StringGet(StateKey(lobby));
                _lobbies.KeyExpire(PlayersKey(lobby), _options.IdleLobby);
            }

            return state;
        }

        public string? Archived(string lobby)
        {
            string? state = _archive.StringGet(StateKey(lobby));
            _lobbies.KeyExpire(StateKey(lobby), _options.IdleLobby);
            return state;
        }

        public string? StateAndKeep(string lobby)
        {
            var state = ReadState(lobby);
            Keep(lobby); // expect: EXP301
            return state;
        }

        public string? StateAndAnnounce(string lobby)
        {
            var state = ReadState(lobby);
            Announce(lobby);
            return state;
        }

        public void Move(string lobby, string move)
        {
            string me = Guid.NewGuid().ToString("N");
            if (!_lobbies.LockTake(LockKey(lobby), me, TimeSpan.FromSeconds(_options.TurnSeconds))) // expect: EXP201
            {
                return;
            }

            try
            {
                string next = _engine.Play(_lobbies.StringGet(StateKey(lobby))!, move);
                _lobbies.StringSet(StateKey(lobby), next, _options.IdleLobby);
            }
            finally
            {
                _lobbies.LockRelease(LockKey(lobby), me);
            }
        }

        public async Task MoveAsync(string lobby, string move, CancellationToken ct)
        {
            string me = Guid.NewGuid().ToString("N");
            if (!await _lobbies.LockTakeAsync(LockKey(lobby), me, _options.TurnLock)) // expect: EXP201
            {
                return;
            }

            try
            {
                string next = await _engine.PlayAsync((await _lobbies.StringGetAsync(StateKey(lobby)))!, move).WaitAsync(_options.TurnLock, ct);
                await _lobbies.StringSetAsync(StateKey(lobby), next, _options.IdleLobby);
            }
            finally
            {
                await _lobbies.LockReleaseAsync(LockKey(lobby), me);
            }
        }

        public void StartTurn(string lobby, string player)
        {
            DateTime deadline = DateTime.UtcNow.AddSeconds(_options.TurnSeconds);
            _lobbies.StringSet(StateKey(lobby) + ":turn", player, deadline); // expect: EXP102
        }

        public DateTime StartVisibleTurn(string lobby, string player)
        {
            DateTime deadline = DateTime.UtcNow.AddSeconds(_options.TurnSeconds);
            _lobbies.StringSet(StateKey(lobby) + ":turn", player, deadline);
            _lobbies.Publish(RedisChannel.Literal("turns"), $"{lobby}|{player}|{deadline:O}");
            return deadline;
        }

        public void StartTournament(string lobby, DateTime startsLocal)
        {
            var starts = DateTime.SpecifyKind(startsLocal, DateTimeKind.Local);
            _lobbies.KeyExpire(StateKey(lobby), starts.AddHours(3)); // expect: EXP101
            _lobbies.KeyExpire(PlayersKey(lobby), starts.AddHours(3).ToUniversalTime());
        }

        public void Close(string lobby, bool keepReplay)
        {
            DateTime? until = keepReplay ? DateTime.UtcNow.AddDays(30) : null;
            _lobbies.KeyExpire(StateKey(lobby) + ":replay", until); // expect: EXP102
        }

        public void CloseBySeason(string lobby, int? season)
        {
            DateTime until;
            if (season is int year)
            {
                until = new DateTime(year, 9, 1);
            }
            else
            {
                until = DateTime.UtcNow.Date.AddDays(90);
            }

            _lobbies.KeyExpire(StateKey(lobby), until); // expect: EXP101
        }

        public IReadOnlyList<string> Players(params string[] lobbies)
        {
            var all = new List<string>();
            for (var i = 0; i < lobbies.Length; i++)
            {
                all.AddRange(_lobbies.SetMembers(PlayersKey(lobbies[i])).Select(p => p.ToString()));
            }

            return all;
        }

        private static string PlayersKey(string lobby) => $"lobby:{lobby}:players";

        private static string StateKey(string lobby) => $"lobby:{lobby}:state";

        private static string LockKey(string lobby) => $"lobby:{lobby}:lock";

        private string? ReadState(string lobby) => _lobbies.StringGet(StateKey(lobby));

        private void Keep(string lobby) => _lobbies.KeyExpire(StateKey(lobby), _options.IdleLobby);

        private void Announce(string lobby) => _lobbies.KeyExpire(PlayersKey(lobby), _options.IdleLobby);
    }
}
