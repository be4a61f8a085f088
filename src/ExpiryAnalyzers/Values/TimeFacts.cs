using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static ExpiryAnalyzers.Values.TimeArithmetic;
using Fact = System.Func<ExpiryAnalyzers.Values.MemberUse, ExpiryAnalyzers.Values.TimeValues>;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// What the members of the base class library yield: kinds, origins, lengths and units, bound to the symbols of one compilation.
/// The kinds were measured on .NET 10 in three time zones; members that are absent here yield an unknown value.
/// </summary>
internal sealed class TimeFacts
{
    /// <summary>The name under which a type's constructors stand in the table.</summary>
    private const string Constructor = ".ctor";

    private static readonly (string Type, (string Members, Fact Fact)[] Facts)[] Table =
    [
        ("System.DateTime",
        [
            ("UtcNow", use => Clock(use, TimeKind.Utc)),
            ("Now", use => Clock(use, TimeKind.Local)),
            ("Today", use => TimeValue.Instant(TimeKind.Local, Origin.Calendar, use.Operation)),
            ("UnixEpoch", use => TimeValue.Instant(TimeKind.Utc, Origin.Calendar, use.Operation) with { IsPast = true }),
            ("MinValue", use => TimeValue.Instant(TimeKind.Unspecified, Origin.Minimum, use.Operation) with { IsPast = true }),
            ("MaxValue", use => TimeValue.Instant(TimeKind.Unspecified, Origin.Never, use.Operation)),
            ("Date", use => use.Instance.Select(ByCalendar)),
            ("AddMonths AddYears", use => use.Instance.Combine(use.Argument(0), ByCalendar)),
            ("Add", use => use.Instance.Combine(use.Argument(0), Plus)),
            ("AddTicks AddMicroseconds AddMilliseconds AddSeconds AddMinutes AddHours AddDays", AddUnits),
            ("Subtract", use => use.Instance.Combine(use.Argument(0), Minus)),
            ("ToUniversalTime", use => use.Instance.Select(value => As(value, TimeKind.Utc, use.Operation))),
            ("ToLocalTime", use => use.Instance.Select(value => As(value, TimeKind.Local, use.Operation))),
            ("SpecifyKind", use => use.Argument(0).Select(value => As(value, use.KindArgument ?? TimeKind.Unknown, use.Operation))),
            ("Ticks", use => use.Instance.Select(value => Number(value, TimeUnit.Ticks))),
            ("TimeOfDay", use => TimeValue.Duration(null) with { IsEpoch = true }),
            ("Parse", Parse),
            ("TryParse TryParseExact", Parse),
            ("ParseExact", ParseExact),
            ("FromFileTime", use => Parsed(use, TimeKind.Local)),
            ("FromFileTimeUtc", use => Parsed(use, TimeKind.Utc)),
            ("FromOADate", use => Parsed(use, TimeKind.Unspecified)),
            (Constructor, ConstructDateTime),
        ]),
        ("System.DateTimeOffset",
        [
            ("UtcNow", use => Clock(use, TimeKind.Utc)),
            ("Now", use => Clock(use, TimeKind.Local)),
            ("UnixEpoch", use => TimeValue.Instant(TimeKind.Utc, Origin.Calendar, use.Operation) with { IsPast = true }),
            ("MinValue", use => TimeValue.Instant(TimeKind.Utc, Origin.Minimum, use.Operation) with { IsPast = true }),
            ("MaxValue", use => TimeValue.Instant(TimeKind.Utc, Origin.Never, use.Operation)),
            ("DateTime", use => use.Instance.Select(value => As(value, TimeKind.Unspecified, use.Operation))),
            ("Date", use => use.Instance.Select(value => ByCalendar(As(value, TimeKind.Unspecified, use.Operation)))),
            ("UtcDateTime ToUniversalTime", use => use.Instance.Select(value => As(value, TimeKind.Utc, use.Operation))),
            ("LocalDateTime ToLocalTime", use => use.Instance.Select(value => As(value, TimeKind.Local, use.Operation))),
            ("ToOffset", use => use.Instance.Select(value => As(value, IsZero(use.Argument(0)) ? TimeKind.Utc : TimeKind.Unknown, use.Operation))),
            ("AddMonths AddYears", use => use.Instance.Combine(use.Argument(0), ByCalendar)),
            ("Add", use => use.Instance.Combine(use.Argument(0), Plus)),
            ("AddTicks AddMicroseconds AddMilliseconds AddSeconds AddMinutes AddHours AddDays", AddUnits),
            ("Subtract", use => use.Instance.Combine(use.Argument(0), Minus)),
            ("Ticks UtcTicks", use => use.Instance.Select(value => Number(value, TimeUnit.Ticks))),
            ("TimeOfDay", use => TimeValue.Duration(null) with { IsEpoch = true }),
            ("ToUnixTimeSeconds", use => use.Instance.Select(value => Number(value, TimeUnit.Seconds))),
            ("ToUnixTimeMilliseconds", use => use.Instance.Select(value => Number(value, TimeUnit.Milliseconds))),
            ("FromUnixTimeSeconds", use => FromUnixTime(use, TimeUnit.Seconds)),
            ("FromUnixTimeMilliseconds", use => FromUnixTime(use, TimeUnit.Milliseconds)),
            ("Parse ParseExact TryParse TryParseExact", use => Parsed(use, TimeKind.Unknown)),
            (Constructor, ConstructDateTimeOffset),
        ]),
        ("System.TimeProvider",
        [
            ("GetUtcNow", use => Clock(use, TimeKind.Utc)),
            ("GetLocalNow", use => Clock(use, TimeKind.Local)),
        ]),
        ("System.DateOnly",
        [
            ("ToDateTime", use => TimeValue.Instant(use.KindArgument ?? (use.HasKindArgument ? TimeKind.Unknown : TimeKind.Unspecified), Origin.Calendar, use.Operation)),
        ]),
        ("System.TimeZoneInfo",
        [
            ("ConvertTimeToUtc", use => use.Argument(0).Select(value => As(value, TimeKind.Utc, use.Operation))),
            ("ConvertTime ConvertTimeFromUtc ConvertTimeBySystemTimeZoneId", ConvertTime),
        ]),
        ("System.Convert",
        [
            ("ToDateTime", Parse),
        ]),
        ("System.Xml.XmlConvert",
        [
            ("ToDateTime", XmlDateTime),
        ]),
        ("System.TimeSpan",
        [
            ("Zero", _ => TimeValue.Duration(0)),
            ("MaxValue", _ => TimeValue.Duration(TimeSpan.MaxValue.Ticks) with { Origin = Origin.Never }),
            ("MinValue", _ => TimeValue.Duration(TimeSpan.MinValue.Ticks)),
            ("FromTicks", use => From(use, TimeUnit.Ticks)),
            ("FromMicroseconds", use => From(use, TimeUnit.Microseconds)),
            ("FromMilliseconds", use => From(use, TimeUnit.Milliseconds)),
            ("FromSeconds", use => From(use, TimeUnit.Seconds)),
            ("FromMinutes", use => From(use, TimeUnit.Minutes)),
            ("FromHours", use => From(use, TimeUnit.Hours)),
            ("FromDays", use => From(use, TimeUnit.Days)),
            ("Add", use => use.Instance.Combine(use.Argument(0), Plus)),
            ("Subtract", use => use.Instance.Combine(use.Argument(0), Minus)),
            ("Negate", use => use.Instance.Select(value => Scale(value, -1))),
            ("Duration", use => use.Instance.Select(value => value with { Constant = value.Constant is { } ticks ? Math.Abs(ticks) : null })),
            ("Multiply", use => use.Instance.Select(value => Scale(value, use.Argument(0).Number))),
            ("Divide", use => use.Instance.Select(value => Scale(value, 1 / use.Argument(0).Number))),
            ("Parse ParseExact", ParseTimeSpan),
            ("Ticks", use => Total(use, TimeUnit.Ticks)),
            ("TotalMicroseconds", use => Total(use, TimeUnit.Microseconds)),
            ("TotalMilliseconds", use => Total(use, TimeUnit.Milliseconds)),
            ("TotalSeconds", use => Total(use, TimeUnit.Seconds)),
            ("TotalMinutes", use => Total(use, TimeUnit.Minutes)),
            ("TotalHours", use => Total(use, TimeUnit.Hours)),
            ("TotalDays", use => Total(use, TimeUnit.Days)),
            ("Milliseconds", _ => Component(TimeUnit.Milliseconds)),
            ("Seconds", _ => Component(TimeUnit.Seconds)),
            ("Minutes", _ => Component(TimeUnit.Minutes)),
            ("Hours", _ => Component(TimeUnit.Hours)),
            ("Days", _ => Component(TimeUnit.Days)),
            (Constructor, ConstructTimeSpan),
        ]),
        ("System.Threading.Timeout",
        [
            ("InfiniteTimeSpan", _ => TimeValue.Duration(-TimeSpan.TicksPerMillisecond)),
        ]),
        ("System.Security.Cryptography.X509Certificates.X509Certificate2",
        [
            ("NotAfter NotBefore", use => Foreign(use, TimeKind.Local)),
        ]),
        ("System.IO.File", FileTimes),
        ("System.IO.Directory", FileTimes),
        ("System.IO.FileSystemInfo",
        [
            ("LastWriteTime LastAccessTime CreationTime", use => Foreign(use, TimeKind.Local)),
            ("LastWriteTimeUtc LastAccessTimeUtc CreationTimeUtc", use => Foreign(use, TimeKind.Utc)),
        ]),
        ("System.Diagnostics.Process",
        [
            ("StartTime ExitTime", use => Foreign(use, TimeKind.Local)),
        ]),
        ("System.Data.SqlTypes.SqlDateTime",
        [
            ("Value", use => Foreign(use, TimeKind.Unspecified)),
        ]),
        ("System.Globalization.Calendar",
        [
            ("AddDays AddHours AddMinutes AddMonths AddSeconds AddWeeks AddYears AddMilliseconds ToDateTime", use => TimeValue.Instant(TimeKind.Unspecified, Origin.Calendar, use.Operation)),
        ]),
        ("StackExchange.Redis.IDatabase", RedisReaders),
        ("StackExchange.Redis.IDatabaseAsync", RedisReaders),
        ("StackExchange.Redis.IServer",
        [
            ("Time TimeAsync LastSave LastSaveAsync", use => Foreign(use, TimeKind.Utc)),
        ]),
        ("StackExchange.Redis.Expiration",
        [
            ("Default", _ => TimeValue.Null),
            (Constructor, use => use.Argument(0)),
        ]),
    ];

    private readonly Dictionary<INamedTypeSymbol, Dictionary<string, Fact>> _facts = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol? _dateTimeOffset;

    public TimeFacts(Compilation compilation)
    {
        _dateTimeOffset = compilation.GetTypesByMetadataName("System.DateTimeOffset").FirstOrDefault();
        foreach ((string metadataName, (string Members, Fact Fact)[] rows) in Table)
        {
            if (compilation.GetTypesByMetadataName(metadataName) is [{ } type, ..])
            {
                Dictionary<string, Fact> facts = [];
                foreach ((string members, Fact fact) in rows)
                {
                    foreach (string member in members.Split(' '))
                    {
                        facts[member] = fact;
                    }
                }

                _facts[type] = facts;
            }
        }
    }

    private static (string, Fact)[] FileTimes =>
    [
        ("GetLastWriteTime GetLastAccessTime GetCreationTime", use => Foreign(use, TimeKind.Local)),
        ("GetLastWriteTimeUtc GetLastAccessTimeUtc GetCreationTimeUtc", use => Foreign(use, TimeKind.Utc)),
    ];

    private static (string, Fact)[] RedisReaders =>
    [
        ("KeyExpireTime KeyExpireTimeAsync", use => Foreign(use, TimeKind.Utc)),
        ("KeyTimeToLive KeyTimeToLiveAsync", _ => TimeValue.Duration(null)),
    ];

    /// <summary>What the member yields; null where the table says nothing of it.</summary>
    public TimeValues? Of(ISymbol member, MemberUse use)
    {
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? Constructor : member.Name;
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (_facts.TryGetValue(type.OriginalDefinition, out Dictionary<string, Fact>? facts) && facts.TryGetValue(name, out Fact? fact))
            {
                return fact(use);
            }
        }

        return IsAbstractClock(member) ? (TimeValues)Clock(use, member.Name is "UtcNow" or "GetUtcNow" && Same(use.Operation.Type, _dateTimeOffset) ? TimeKind.Utc : TimeKind.Unknown) : null;
    }

    /// <summary>A <c>DateTime</c> that becomes a <c>DateTimeOffset</c>: what is not UTC is read as local time.</summary>
    public static TimeValue ToOffset(TimeValue value) => value.Shape != TimeShape.Instant ? value : value.Kind switch
    {
        TimeKind.Unspecified when value.Origin is Origin.Never or Origin.Minimum => value with { Kind = TimeKind.Unknown },
        TimeKind.Unspecified or (TimeKind.Unspecified | TimeKind.Local) => value with { Kind = TimeKind.Local, IsMisread = value.Kind == TimeKind.Unspecified },
        _ => value,
    };

    public bool IsDateTimeOffset(ITypeSymbol? type) => Same(type, _dateTimeOffset);

    /// <summary>A clock of the user's own (<c>IClock.UtcNow</c>): it too reads this machine's time.</summary>
    private static bool IsAbstractClock(ISymbol member) =>
        member is IPropertySymbol { Parameters.IsEmpty: true, Name: "UtcNow" or "Now" } or IMethodSymbol { Parameters.IsEmpty: true, Name: "GetUtcNow" or "UtcNow" } &&
        (member.ContainingType is { TypeKind: TypeKind.Interface } || member.IsAbstract || member.ContainingType.Name.IndexOf("Clock", StringComparison.Ordinal) >= 0);

    private static bool Same(ITypeSymbol? type, INamedTypeSymbol? expected) => expected is not null && SymbolEqualityComparer.Default.Equals(type, expected);

    private static TimeValue Clock(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Clock, use.Operation);

    private static TimeValue FromUnixTime(MemberUse use, TimeUnit unit) => TimeValue.Instant(TimeKind.Utc, Origin.Unknown, use.Operation) with { IsPast = TimeArithmetic.IsBeforeRedis(use.Argument(0).Number, unit) };

    private static TimeValue Foreign(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Unknown, use.Operation);

    private static TimeValue Parsed(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Parsed, use.Operation);

    private static bool IsZero(TimeValues values) => values.Length == TimeSpan.Zero;

    private static TimeValues AddUnits(MemberUse use)
    {
        TimeUnit unit = UnitOf(use.Member.Name.Substring("Add".Length));
        return use.Instance.Combine(use.Argument(0).Select(count => FromCount(count, unit)), Plus);
    }

    private static TimeUnit UnitOf(string name) => (TimeUnit)Enum.Parse(typeof(TimeUnit), name);

    private static TimeValues From(MemberUse use, TimeUnit unit)
    {
        // FromSeconds(long, long, long) and its like: the further arguments are smaller units.
        TimeValues first = use.Argument(0).Select(count => FromCount(count, unit));
        return use.ExplicitArguments == 1 ? first : use.ExplicitArguments == 0 ? TimeValues.Unknown : TimeValue.Duration(null);
    }

    private static TimeValues Total(MemberUse use, TimeUnit unit) => use.Instance.Select(value => value.Shape == TimeShape.Duration
        ? TimeValue.Count(unit, value.Constant / TicksPer(unit)) with { IsEpoch = value.IsEpoch }
        : TimeValue.Count(unit, null));

    private static TimeValue Component(TimeUnit unit) => TimeValue.Count(unit, null) with { IsComponent = true };

    private static TimeValues ParseTimeSpan(MemberUse use) => use.Text(0) is { } text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
        ? TimeValue.Duration(span.Ticks)
        : TimeValue.Duration(null);

    private static TimeValues ConstructTimeSpan(MemberUse use)
    {
        int count = use.ExplicitArguments;
        TimeUnit[] units = count switch
        {
            0 => [],
            1 => [TimeUnit.Ticks],
            3 => [TimeUnit.Hours, TimeUnit.Minutes, TimeUnit.Seconds],
            _ => [TimeUnit.Days, TimeUnit.Hours, TimeUnit.Minutes, TimeUnit.Seconds, TimeUnit.Milliseconds, TimeUnit.Microseconds],
        };
        if (count == 1)
        {
            return use.Argument(0).Select(ticks => FromCount(ticks, TimeUnit.Ticks));
        }

        double? sum = 0;
        for (int i = 0; i < count && i < units.Length; i++)
        {
            sum += use.Argument(i).Number * TicksPer(units[i]);
        }

        return TimeValue.Duration(sum);
    }

    private static TimeValues ConstructDateTime(MemberUse use)
    {
        TimeKind kind = use.KindArgument ?? (use.HasKindArgument ? TimeKind.Unknown : TimeKind.Unspecified);
        Origin origin = use.ExplicitArguments == 0 ? Origin.Minimum : Origin.Calendar;
        return TimeValue.Instant(kind, origin, use.Operation) with { IsPast = IsBuiltBeforeRedis(use) };
    }

    private static bool IsBuiltBeforeRedis(MemberUse use) => use.ExplicitArguments == 0 || (use.Argument(0).Number is { } first && use.Arguments[0].Parameter?.Name switch
    {
        "ticks" => first < FirstRedis.Ticks,
        "year" => first < FirstRedis.Year,
        _ => false,
    });

    private static TimeValues ConstructDateTimeOffset(MemberUse use)
    {
        if (use.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "offset" }) is { } offset)
        {
            TimeKind kind = IsZero(use.Of(offset.Value)) ? TimeKind.Utc : TimeKind.Unknown;
            return use.Arguments[0].Parameter is { Name: "dateTime" }
                ? use.Argument(0).Select(value => value.Shape == TimeShape.Instant ? value with { Kind = kind, Source = use.Operation } : TimeValue.Instant(kind, Origin.Unknown, use.Operation))
                : TimeValue.Instant(kind, Origin.Calendar, use.Operation) with { IsPast = IsBuiltBeforeRedis(use) };
        }

        return use.ExplicitArguments == 1 ? use.Argument(0).Select(ToOffset) : TimeValue.Instant(TimeKind.Utc, Origin.Minimum, use.Operation) with { IsPast = true };
    }

    private static TimeValues ConvertTime(MemberUse use)
    {
        if (use.Operation.Type is { Name: "DateTimeOffset" })
        {
            return TimeValue.Instant(TimeKind.Unknown, Origin.Unknown, use.Operation);
        }

        // ConvertTime(x, from, to), ConvertTime(x, to), ConvertTimeBySystemTimeZoneId(x, id): the last zone is the target.
        IOperation? zone = use.Arguments.LastOrDefault(argument => argument.Parameter?.Name.IndexOf("destination", StringComparison.OrdinalIgnoreCase) >= 0)?.Value;
        TimeKind kind = (zone is null ? null : use.Resolved(zone)) switch
        {
            IPropertyReferenceOperation { Property: { Name: "Utc", ContainingType.Name: "TimeZoneInfo" } } => TimeKind.Utc,
            IPropertyReferenceOperation { Property: { Name: "Local", ContainingType.Name: "TimeZoneInfo" } } => TimeKind.Local,
            IInvocationOperation { TargetMethod: { Name: "FindSystemTimeZoneById", ContainingType.Name: "TimeZoneInfo" } } find => ZoneKind(find.Arguments[0].Value),
            ILiteralOperation literal => ZoneKind(literal),

            // The zone may be TimeZoneInfo.Utc or .Local, held by a variable.
            _ => TimeKind.Unknown,
        };
        return use.Argument(0).Select(value => As(value, kind, use.Operation));
    }

    private static TimeKind ZoneKind(IOperation id) => id.ConstantValue is { HasValue: true, Value: string text }
        ? text == "UTC" ? TimeKind.Utc : TimeKind.Unspecified
        : TimeKind.Unknown;

    /// <summary><c>Parse</c>, <c>TryParse</c> and <c>Convert.ToDateTime</c>: the kind depends on the styles and on what the text says of its zone.</summary>
    private static TimeValues Parse(MemberUse use)
    {
        switch (use.Member is IMethodSymbol { Parameters: [{ } first, ..] } ? first.Type : null)
        {
            case { SpecialType: SpecialType.System_DateTime }:
                return use.Argument(0);
            case null or { SpecialType: SpecialType.System_Object }:
                // Convert.ToDateTime(object): a DateTime of any kind, or text.
                return TimeValues.Unknown;
        }

        // "2030-01-01T00:00:00Z" and "... GMT" carry a zone; without a text to look at, either may be.
        string? text = use.Text(0);
        bool? hasZone = text is null ? null : text.EndsWith("Z", StringComparison.Ordinal) || text.EndsWith("GMT", StringComparison.Ordinal) || HasOffset(text);
        TimeKind withZone = TimeKind.Local;
        TimeKind withoutZone = TimeKind.Unspecified;
        if (use.Styles is not { } styles)
        {
            return Parsed(use, TimeKind.Unknown);
        }

        if ((styles & DateTimeStyles.RoundtripKind) != 0)
        {
            withZone = text?.EndsWith("Z", StringComparison.Ordinal) == true ? TimeKind.Utc : hasZone == true ? TimeKind.Local : TimeKind.Utc | TimeKind.Local;
        }
        else
        {
            bool adjust = (styles & DateTimeStyles.AdjustToUniversal) != 0;
            bool assume = (styles & (DateTimeStyles.AssumeUniversal | DateTimeStyles.AssumeLocal)) != 0;
            withZone = adjust ? TimeKind.Utc : TimeKind.Local;
            withoutZone = assume ? withZone : TimeKind.Unspecified;
        }

        TimeKind kind = hasZone switch { true => withZone, false => withoutZone, null => withZone | withoutZone };
        return Parsed(use, kind);
    }

    /// <summary><c>XmlDateTimeSerializationMode</c>: Local, Utc, Unspecified, RoundtripKind.</summary>
    private static TimeValues XmlDateTime(MemberUse use) => Parsed(use, use.Arguments.LastOrDefault()?.Value.ConstantValue is { HasValue: true, Value: int mode }
        ? mode switch { 0 => TimeKind.Local, 1 => TimeKind.Utc, 2 => TimeKind.Unspecified, _ => TimeKind.Unknown }
        : TimeKind.Unknown);

    private static bool HasOffset(string text)
    {
        int sign = Math.Max(text.LastIndexOf('+'), text.LastIndexOf('-'));
        return sign > text.IndexOf(':') && text.IndexOf(':') > 0;
    }

    private static TimeValues ParseExact(MemberUse use)
    {
        string? format = use.Text(1);
        if (use.Styles is not { } styles || (styles & DateTimeStyles.RoundtripKind) != 0)
        {
            return Parsed(use, TimeKind.Unknown);
        }

        bool adjust = (styles & DateTimeStyles.AdjustToUniversal) != 0;
        bool assume = (styles & (DateTimeStyles.AssumeUniversal | DateTimeStyles.AssumeLocal)) != 0;
        if (format is "u" or "r" or "R" && !assume)
        {
            return Parsed(use, TimeKind.Unspecified);
        }

        bool? zone = format is null ? null : format is "o" or "O" || format.IndexOfAny(['K', 'z']) >= 0;
        TimeKind withZone = adjust ? TimeKind.Utc : TimeKind.Local;
        TimeKind withoutZone = assume ? withZone : TimeKind.Unspecified;
        return Parsed(use, zone switch { true => format is "o" or "O" || format!.IndexOf('K') >= 0 ? withZone | withoutZone : withZone, false => withoutZone, null => withZone | withoutZone });
    }
}

/// <summary>One use of a member, for the facts of <see cref="TimeFacts"/>.</summary>
internal readonly struct MemberUse(IOperation operation, ISymbol member, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, Func<IOperation, TimeValues> of, Func<IOperation, IOperation> resolved)
{
    public IOperation Operation => operation;

    public ISymbol Member => member;

    public ImmutableArray<IArgumentOperation> Arguments => arguments;

    /// <summary>How many arguments the source gives.</summary>
    public int ExplicitArguments => arguments.Count(argument => argument.ArgumentKind == ArgumentKind.Explicit);

    public TimeValues Instance => instance is null ? TimeValues.Unknown : of(instance);

    public bool HasKindArgument => KindOperation is not null;

    /// <summary>The constant <c>DateTimeKind</c> given.</summary>
    public TimeKind? KindArgument => KindOperation?.ConstantValue is { HasValue: true, Value: int kind }
        ? (DateTimeKind)kind switch { DateTimeKind.Utc => TimeKind.Utc, DateTimeKind.Local => TimeKind.Local, _ => TimeKind.Unspecified }
        : null;

    /// <summary>The constant <c>DateTimeStyles</c> given; none where the call gives none; null where they are not constant.</summary>
    public DateTimeStyles? Styles => arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == nameof(DateTimeStyles)) is not { } styles
        ? DateTimeStyles.None
        : styles.Value.ConstantValue is { HasValue: true, Value: int value } ? (DateTimeStyles)value : null;

    private IOperation? KindOperation => arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == nameof(DateTimeKind))?.Value;

    public TimeValues Of(IOperation value) => of(value);

    /// <summary>The expression behind variables and fields that have one value.</summary>
    public IOperation Resolved(IOperation value) => resolved(value);

    /// <summary>The values of the argument for the parameter at this position.</summary>
    public TimeValues Argument(int ordinal) => Find(ordinal) is { } argument ? of(argument) : TimeValues.Unknown;

    /// <summary>The constant text given for the parameter at this position.</summary>
    public string? Text(int ordinal) => Find(ordinal)?.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private IOperation? Find(int ordinal)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
