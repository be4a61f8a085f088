namespace ExpiryAnalyzers.Apis;

/// <summary>
/// NRedisStack 1.8: keys live through <c>IDatabase</c>. Its <c>TimeStamp</c> turns back into a <c>DateTime</c> of Unspecified kind
/// (measured with 1.8.0), which StackExchange.Redis then refuses.
/// </summary>
internal static class NRedisStack
{
    public static readonly ApiLibrary Library = new("NRedisStack", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("NRedisStack.DataTypes.TimeStamp") { ConvertsToUnspecified = true },
    ]);
}
