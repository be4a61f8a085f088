namespace ExpiryAnalyzers.Apis;

/// <summary>How the clients name conditions and answers of which many members have their own.</summary>
internal static class ConditionNames
{
    /// <summary>A value is only written where the key is missing: <c>When.NotExists</c>.</summary>
    public const string NotExists = "NotExists";

    /// <summary>A reply that is nil: <c>RedisResult.IsNull</c>, <c>RedisValue.IsNull</c>.</summary>
    public const string IsNull = "IsNull";
}
