using Shop;
using StackExchange.Redis;

// Needs a Redis server to run; it is built for its warnings.
using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(args is [var server, ..] ? server : "localhost");
SessionStore sessions = new(connection.GetDatabase());
Session session = new(Guid.NewGuid(), "Ada");
await sessions.SaveAsync(session);
Console.WriteLine(await sessions.FindAsync(session.Id));
