using StackExchange.Redis;

class QueuesInACircle
{
    async Task One(IDatabase db)
    {
        IDatabaseAsync queue = queue;
        ITransaction transaction = db.CreateTransaction();
        await queue.StringSetAsync("k", "v");
        await transaction.ExecuteAsync();
    }

    async Task Two(IDatabase db)
    {
        IDatabaseAsync one = two;
        IDatabaseAsync two = (IDatabaseAsync)one;
        var batch = db.CreateBatch();
        Task sent = two.StringSetAsync("k", "v");
        batch.Execute();
        await sent;
    }
}
