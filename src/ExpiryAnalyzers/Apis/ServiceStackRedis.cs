using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// ServiceStack.Redis (not measured; ServiceStack/ServiceStack, 1d95209, RedisClient.cs, RedisNativeClient.cs and DateTimeExtensions.cs).
/// A time of Unspecified kind is read as local. The client of one type (<c>client.As&lt;T&gt;()</c>, IRedisTypedClient.cs at 1b92a9e) sends
/// the same commands for its values. What all caches of ServiceStack have in common (RedisClient.ICacheClient.cs) is a command where the
/// client of Redis is what it is called on; the other caches read a time in their own way each, and an instant is left out there.
/// </summary>
internal static class ServiceStackRedis
{
    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes);

    /// <summary>SET without EX or PX.</summary>
    private static readonly TtlFacts Dropped = new(TtlOutcome.LivesForEver, TtlOutcome.LivesForEver) { Never = NeverForm.LeftOut };

    private static readonly IReadOnlyList<ApiMethod> Values =
    [
        // Expiry and life of a key.
        Row("ExpireEntryIn", SetExpiry, DataType.None) with { Ttl = Deleted },
        Row("ExpireEntryAt", SetExpiry, DataType.None) with { HasNoNever = true, RelativeTwin = "ExpireEntryIn", Ttl = Deleted },
        Row("ContainsKey", AskExistence, DataType.None) with { HasCommonName = true },

        // Strings.
        Row("GetValue", Read, DataType.String) with { HasCommonName = true },
        Row("SetValue", Overwrite, DataType.String) with { HasCommonName = true, Ttl = Dropped },
        Row("SetValueIfNotExists", Overwrite, DataType.String) with { IsOnlyIfMissing = true, Ttl = Dropped },
        Row("GetAndSetValue", Read | Overwrite, DataType.String),
        Row("IncrementValue", Increment, DataType.String),
        Row("IncrementValueBy", Increment, DataType.String),
        Row("DecrementValue", Increment, DataType.String),
    ];

    /// <summary>What <c>ICacheClient</c> declares: GET, SET, SET NX and SET XX.</summary>
    private static readonly IReadOnlyList<ApiMethod> Entries =
    [
        Row("Get", Read, DataType.String) with { HasCommonName = true },
        Row("Set", Overwrite, DataType.String) with { HasCommonName = true, Ttl = Dropped },
        Row("Add", Overwrite, DataType.String) with { HasCommonName = true, IsOnlyIfMissing = true, Ttl = Dropped },
        Row("Replace", Overwrite, DataType.String) with { HasCommonName = true, Ttl = Dropped },
        Row("Increment", Increment, DataType.String) with { HasCommonName = true },
        Row("Decrement", Increment, DataType.String) with { HasCommonName = true },
    ];

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        .. Values,

        // Hashes, lists, sets.
        OfId("GetValueFromHash", Read, DataType.Hash),
        OfId("GetAllEntriesFromHash", Read, DataType.Hash),
        OfId("SetEntryInHash", Write, DataType.Hash),
        OfId("SetRangeInHash", Write, DataType.Hash),
        OfId("IncrementValueInHash", Increment, DataType.Hash),
        OfId("GetAllItemsFromList", Read, DataType.List),
        OfId("AddItemToList", Write, DataType.List),
        OfId("PrependItemToList", Write, DataType.List),
        OfId("PushItemToList", Write, DataType.List),
        OfId("EnqueueItemOnList", Write, DataType.List),
        OfId("AddRangeToList", Write, DataType.List),
        OfId("PrependRangeToList", Write, DataType.List),
        OfId("GetAllItemsFromSet", Read, DataType.Set),
        OfId("AddItemToSet", Write, DataType.Set),
        OfId("AddItemToSortedSet", Write, DataType.SortedSet),
    ];

    public static readonly ApiLibrary Library = new("ServiceStack.Redis", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("ServiceStack.Redis.IRedisClient") { Methods = Commands, Inherited = Entries, Receiver = ReceiverKind.Database },
        new("ServiceStack.Redis.RedisClient") { Methods = [.. Commands, .. Entries], Receiver = ReceiverKind.Database },
        new("ServiceStack.Redis.Generic.IRedisTypedClient`1") { Methods = Values, Receiver = ReceiverKind.Database },
    ]);

    /// <summary>What the caches of ServiceStack have in common, Redis among them.</summary>
    public static readonly ApiLibrary Caches = new("ServiceStack's cache", KindPolicy.TakesOffset,
    [
        new("ServiceStack.Caching.ICacheClient") { Methods = [Entry("Add"), Entry("Set"), Entry("Replace")] },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name, Effect effect, DataType data) =>
        new(name, effect, data,
        [
            ("key", Role.Key), ("value", Role.Value), ("entity", Role.Value), ("expireIn", Role.Expiry), ("expireAt", Role.Expiry),

            // What the client of one type calls them, "expiresAt" being a span there; and what all caches do.
            ("expiresAt", Role.Expiry), ("dateTime", Role.Expiry), ("expiresIn", Role.Expiry),
        ]);

    /// <summary>A member that calls its key the id of what is kept there.</summary>
    private static ApiMethod OfId(string name, Effect effect, DataType data) =>
        new(name, effect, data, [("hashId", Role.Key), ("listId", Role.Key), ("setId", Role.Key)]);

    private static ApiMethod Entry(string name) =>
        new(name, Effect.None, DataType.None, [("expiresIn", Role.Expiry)]) { HasCommonName = true };
}
