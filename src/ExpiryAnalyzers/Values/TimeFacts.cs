using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static ExpiryAnalyzers.Values.TimeArithmetic;
using Fact = System.Func<ExpiryAnalyzers.Values.MemberUse, ExpiryAnalyzers.Values.TimeValues>;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// What the members of the base class library yield: kinds, origins, lengths and units, bound to the symbols of one compilation.
/// The kinds were measured on .NET 10 in three time zones; members that are absent here yield an unknown value.
/// </summary>
/// <param name="catalog">The clients, whose members answer of time too.</param>
internal sealed class TimeFacts(ApiCatalog catalog)
{
    /// <summary>The name under which a type's constructors stand in the table.</summary>
    private const string Constructor = ".ctor";

    /// <summary>The members that give one part of a clock reading.</summary>
    private const string Parts = "Year Month Day Hour Minute Second Millisecond DayOfYear DayOfWeek";

    private static readonly (string Type, (string Members, Fact Fact)[] Facts)[] Table =
    [
        ("System.DateTime",
        [
            ("UtcNow", use => Clock(use, TimeKind.Utc)),
            ("Now", use => Clock(use, TimeKind.Local)),
            ("Today", use => TimeValue.Instant(TimeKind.Local, Origin.Calendar, use.Operation)),
            ("UnixEpoch",
                use => TimeValue.Instant(TimeKind.Utc, Origin.Calendar, use.Operation) with { Constant = UnixEpoch, IsPast = true }),
            ("MinValue",
                use => TimeValue.Instant(TimeKind.Unspecified, Origin.Minimum, use.Operation) with { Constant = 0, IsPast = true }),
            ("MaxValue", use => TimeValue.Instant(TimeKind.Unspecified, Origin.Never, use.Operation)),
            ("Date", use => use.Instance.Select(ByCalendar)),
            ("AddMonths", use => use.Instance.Combine(use.Argument(0), ByCalendar)),
            ("AddYears", use => use.Instance.Combine(use.Argument(0), ByYears)),
            ("Add", use => use.Instance.Combine(use.Argument(0), Plus)),
            ("AddTicks AddMicroseconds AddMilliseconds AddSeconds AddMinutes AddHours AddDays", AddUnits),
            ("Subtract", use => Subtracted(use, Minus)),
            ("ToUniversalTime", use => use.Instance.Select(value => ToUtc(value, use.Operation))),
            ("ToLocalTime", use => use.Instance.Select(value => As(value, TimeKind.Local, use.Operation))),
            ("SpecifyKind", use => use.Argument(0).Select(value => As(value, use.KindArgument ?? TimeKind.Unknown, use.Operation))),
            ("Ticks", use => use.Instance.Select(value => Number(value, TimeUnit.Ticks))),
            (Parts, use => use.Instance.Select(Part)),
            ("TimeOfDay", TimeOfDay),
            ("Parse", Parse),
            ("TryParse", Parse),
            ("ParseExact TryParseExact", ParseExact),
            ("FromFileTime", use => Parsed(use, TimeKind.Local)),
            ("FromFileTimeUtc", use => Parsed(use, TimeKind.Utc)),
            ("FromOADate", use => Parsed(use, TimeKind.Unspecified) with { Reading = TimeKind.Unknown }),
            (Constructor, ConstructDateTime),
        ]),
        ("System.DateTimeOffset",
        [
            ("UtcNow", use => Clock(use, TimeKind.Utc)),
            ("Now", use => Clock(use, TimeKind.Local)),
            ("UnixEpoch",
                use => TimeValue.Instant(TimeKind.Utc, Origin.Calendar, use.Operation) with { Constant = UnixEpoch, IsPast = true }),
            ("MinValue", use => TimeValue.Instant(TimeKind.Utc, Origin.Minimum, use.Operation) with { Constant = 0, IsPast = true }),
            ("MaxValue", use => TimeValue.Instant(TimeKind.Utc, Origin.Never, use.Operation)),
            ("DateTime", use => use.Instance.Select(value => WithoutOffset(value, use.Operation))),
            ("Date", use => use.Instance.Select(value => ByCalendar(WithoutOffset(value, use.Operation)))),
            ("UtcDateTime ToUniversalTime", use => use.Instance.Select(value => ToUtc(value, use.Operation))),
            ("LocalDateTime ToLocalTime", use => use.Instance.Select(value => As(value, TimeKind.Local, use.Operation))),
            ("ToOffset", use => use.Instance.Select(value => As(value, KindAt(use.Argument(0)), use.Operation))),
            ("AddMonths", use => use.Instance.Combine(use.Argument(0), ByCalendar)),
            ("AddYears", use => use.Instance.Combine(use.Argument(0), ByYears)),
            ("Add", use => use.Instance.Combine(use.Argument(0), Plus)),
            ("AddTicks AddMicroseconds AddMilliseconds AddSeconds AddMinutes AddHours AddDays", AddUnits),
            ("Subtract", use => Subtracted(use, MinusOffsets)),
            ("Ticks", use => use.Instance.Select(value => Number(value, TimeUnit.Ticks))),
            ("UtcTicks", use => use.Instance.Select(value => Number(value, TimeUnit.Ticks) with { Kind = TimeKind.Utc })),
            (Parts, use => use.Instance.Select(Part)),
            ("TimeOfDay", TimeOfDay),
            ("ToUnixTimeSeconds", use => use.Instance.Select(value => Number(value, TimeUnit.Seconds) with { Kind = TimeKind.Utc })),
            ("ToUnixTimeMilliseconds",
                use => use.Instance.Select(value => Number(value, TimeUnit.Milliseconds) with { Kind = TimeKind.Utc })),
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
            ("ToDateTime", use => TimeValue.Instant(
                use.KindArgument ?? (use.HasKindArgument ? TimeKind.Unknown : TimeKind.Unspecified),
                Origin.Calendar,
                use.Operation) with { Reading = use.HasKindArgument ? TimeKind.None : TimeKind.Unknown }),
        ]),
        ("System.TimeZoneInfo",
        [
            ("ConvertTimeToUtc", use => use.Argument(0).Select(value => As(value, TimeKind.Utc, use.Operation))),
            ("ConvertTime ConvertTimeFromUtc ConvertTimeBySystemTimeZoneId", ConvertTime),
        ]),
        ("System.Convert",
        [
            ("ToDateTime", Parse),
            ("ToInt32 ToInt64 ToUInt32 ToUInt64", use => use.Argument(0).Select(Rounded)),
            ("ToDouble ToSingle ToDecimal", use => use.Argument(0)),
        ]),
        ("System.Math",
        [
            ("Max Min", use => use.Argument(0).Combine(use.Argument(1), Bounded)),
            ("Clamp Abs",
                use => use.Argument(0).Select(static value => value with { Constant = null, Parameter = null, IsReversed = false })),
            ("Ceiling Floor Round Truncate",
                use => use.Argument(0).Select(static value => Whole(value) with { Constant = null, Parameter = null })),
        ]),
        ("System.Random",
        [
            ("NextDouble NextSingle", _ => TimeValue.Count(TimeUnit.Unknown, null) with { IsFractional = true }),
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
            ("Duration",
                use => use.Instance.Select(static value =>
                    value with { Constant = value.Constant is { } ticks ? Math.Abs(ticks) : null, IsReversed = false })),
            ("Multiply", use => use.Instance.Select(value => Scale(value, use.Argument(0).Number))),
            ("Divide", use => use.Instance.Select(value => Scale(value, 1 / use.Argument(0).Number))),
            ("Parse TryParse", ParseTimeSpan),
            ("ParseExact", ParseExactTimeSpan),
            ("Ticks", use => Total(use, TimeUnit.Ticks).Select(Whole)),
            ("TotalMicroseconds", use => Total(use, TimeUnit.Microseconds)),
            ("TotalMilliseconds", use => Total(use, TimeUnit.Milliseconds)),
            ("TotalSeconds", use => Total(use, TimeUnit.Seconds)),
            ("TotalMinutes", use => Total(use, TimeUnit.Minutes)),
            ("TotalHours", use => Total(use, TimeUnit.Hours)),
            ("TotalDays", use => Total(use, TimeUnit.Days)),
            ("Milliseconds", use => Component(use, TimeUnit.Milliseconds)),
            ("Seconds", use => Component(use, TimeUnit.Seconds)),
            ("Minutes", use => Component(use, TimeUnit.Minutes)),
            ("Hours", use => Component(use, TimeUnit.Hours)),

            // Days is the largest component: it is the total without its fraction, and makes one of what is added to it.
            ("Days", use => Total(use, TimeUnit.Days).Select(Truncate)
                .Select(static days => days.Constant is null ? days with { Components = 2 } : days)),
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
            ("Value", use => Foreign(use, TimeKind.Unspecified) with { Reading = TimeKind.Unknown }),
        ]),
        ("System.Globalization.Calendar",
        [
            ("AddDays AddHours AddMinutes AddMonths AddSeconds AddWeeks AddYears AddMilliseconds ToDateTime",
                use => TimeValue.Instant(TimeKind.Unspecified, Origin.Calendar, use.Operation) with { Reading = TimeKind.Unknown }),
        ]),
        ("Microsoft.IdentityModel.Tokens.SecurityToken", TokenTimes),
        ("System.IdentityModel.Tokens.Jwt.JwtSecurityToken", TokenTimes),
        ("System.IdentityModel.Tokens.Jwt.JwtPayload",
        [
            ("Exp Expiration Nbf NotBefore Iat", _ => TimeValue.Count(TimeUnit.Seconds, null) with { IsEpoch = true, Kind = TimeKind.Utc }),
        ]),
    ];

    /// <summary>The rows of the table by the name of their type as code writes it.</summary>
    private static readonly IReadOnlyDictionary<string, (string Type, IReadOnlyDictionary<string, Fact> Facts)> BySimpleName =
        Table.Select(static row => (row.Type, FactsOf(row.Facts))).ToDictionary(static row => TypesByName.SimpleOf(row.Type));

    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyDictionary<string, Fact>?> _facts =
        new(SymbolEqualityComparer.Default);

    private IReadOnlyDictionary<string, Fact>? FactsOf(INamedTypeSymbol type) => BySimpleName.ContainsKey(type.Name)
        ? _facts.GetOrAdd(type, this, static (type, own) => own.Find(type))
        : null;

    private IReadOnlyDictionary<string, Fact>? Find(INamedTypeSymbol type) =>
        BySimpleName[type.Name] is var (name, facts) && SymbolEqualityComparer.Default.Equals(catalog.Types.ByName.First(name), type)
            ? facts
            : null;

    private static IReadOnlyDictionary<string, Fact> FactsOf((string Members, Fact Fact)[] rows)
    {
        Dictionary<string, Fact> facts = [];
        foreach ((string members, Fact fact) in rows)
        {
            foreach (string member in members.Split(' '))
            {
                facts[member] = fact;
            }
        }

        return facts;
    }

    private static (string, Fact)[] FileTimes =>
    [
        ("GetLastWriteTime GetLastAccessTime GetCreationTime", use => Foreign(use, TimeKind.Local)),
        ("GetLastWriteTimeUtc GetLastAccessTimeUtc GetCreationTimeUtc", use => Foreign(use, TimeKind.Utc)),
    ];

    /// <summary>Read from <c>exp</c> as UTC; without one they are <c>DateTime.MinValue</c>, of no kind (measured with 8.23).</summary>
    private static (string, Fact)[] TokenTimes =>
    [
        ("ValidTo ValidFrom IssuedAt", use => Foreign(use, TimeKind.Unknown) with { Reading = TimeKind.Utc }),
    ];

    /// <summary>What the member yields; null where the table says nothing of it.</summary>
    public TimeValues? Of(ISymbol member, MemberUse use)
    {
        string name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? Constructor : member.Name;
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (FactsOf(type.OriginalDefinition) is { } facts && facts.TryGetValue(name, out Fact? fact))
            {
                return fact(use);
            }
        }

        return OfClient(member, use) ?? OfClock(member, use);
    }

    /// <summary>What a client's member answers, as its table says.</summary>
    private TimeValues? OfClient(ISymbol member, MemberUse use)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            return catalog.FindExpiryType(member.ContainingType) is null ? null : use.Argument(0);
        }

        return catalog.AnswerOf(member) switch
        {
            TimeAnswer.Expiry => Foreign(use, TimeKind.Utc) with { Origin = Origin.ServerExpiry, Question = use.Operation },
            TimeAnswer.ExpiryMilliseconds => ExpiryNumber(use, TimeUnit.Milliseconds),
            TimeAnswer.OfCommand =>
                use.Text(0) is { } command && RawCommands.ByName.TryGetValue(command, out RawCommand? raw) && raw.Answer != TimeUnit.Unknown
                ? ExpiryNumber(use, raw.Answer)
                : TimeValues.Unknown,
            TimeAnswer.Remaining => TimeValue.Duration(null),
            TimeAnswer.RemainingSeconds => TimeValue.Count(TimeUnit.Seconds, null),
            TimeAnswer.RemainingMilliseconds => TimeValue.Count(TimeUnit.Milliseconds, null),
            TimeAnswer.ServerClock => Foreign(use, TimeKind.Utc) with { Origin = Origin.ServerClock, Question = use.Operation },
            TimeAnswer.ServerInstant => Foreign(use, TimeKind.Utc),
            _ => catalog.MeaningOf(member) == Meaning.NoExpiry ? TimeValue.Null : (TimeValues?)null,
        };
    }

    private TimeValues? OfClock(ISymbol member, MemberUse use)
    {
        return IsAbstractClock(member)
            ? (TimeValues)Clock(
                use, NameHints.UtcClock.Fits(member.Name) && IsDateTimeOffset(use.Operation.Type) ? TimeKind.Utc : TimeKind.Unknown)
            : null;
    }

    /// <summary>
    /// A <c>DateTime</c> that becomes a <c>DateTimeOffset</c>: what is not UTC is read as local time. Of <c>MaxValue</c> that throws west
    /// of Greenwich.
    /// </summary>
    public static TimeValue ToOffset(TimeValue value) => value.Shape != TimeShape.Instant ? value : value.Kind switch
    {
        TimeKind.Unspecified when value.Origin is Origin.Never or Origin.Minimum =>
            value with { Kind = TimeKind.Unknown, Reading = TimeKind.None, IsMisread = value.Origin == Origin.Never },
        TimeKind.Unspecified or (TimeKind.Unspecified | TimeKind.Local) =>
            value with
            {
                Kind = TimeKind.Local,
                Reading = value.Reading & TimeKind.Local,
                IsMisread = value.Kind == TimeKind.Unspecified,
                MayBeMisread = value.Kind != TimeKind.Unspecified,
            },
        _ => value with { MayBeMisread = (value.Kind & (TimeKind.Unspecified | TimeKind.Unknown)) != 0 },
    };

    public bool IsDateTimeOffset(ITypeSymbol? type) => catalog.Types.Is(type, KnownType.DateTimeOffset);

    /// <summary>A clock of the user's own (<c>IClock.UtcNow</c>): it too reads this machine's time.</summary>
    private static bool IsAbstractClock(ISymbol member) =>
        member switch
        {
            IPropertySymbol { Parameters.IsEmpty: true } => NameHints.ClockProperties.Fits(member.Name),
            IMethodSymbol { Parameters.IsEmpty: true } => NameHints.ClockMethods.Fits(member.Name),
            _ => false,
        } &&
        (member.ContainingType is { TypeKind: TypeKind.Interface } || member.IsAbstract ||
            NameHints.Clocks.Fits(member.ContainingType.Name));

    private static TimeValue Clock(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Clock, use.Operation);

    private static TimeValue Foreign(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Unknown, use.Operation);

    /// <summary>The instant at which a key dies, as its server counts it.</summary>
    private static TimeValues ExpiryNumber(MemberUse use, TimeUnit unit) =>
        TimeValue.Count(unit, null) with { IsEpoch = true, Kind = TimeKind.Utc, Origin = Origin.ServerExpiry, Question = use.Operation };

    private static TimeValue Parsed(MemberUse use, TimeKind kind) => TimeValue.Instant(kind, Origin.Parsed, use.Operation);

    /// <summary>The kind of a <c>DateTimeOffset</c> at an offset.</summary>
    private static TimeKind KindAt(TimeValues offset) =>
        offset.Length is not { } length ? TimeKind.Unknown : length == TimeSpan.Zero ? TimeKind.Utc : TimeKind.Unspecified;

    private static TimeValues AddUnits(MemberUse use)
    {
        TimeUnit unit = UnitOf(use.Member.Name.Substring("Add".Length));
        return use.Instance.Combine(use.Argument(0).Select(count => FromCount(count, unit)), Plus);
    }

    private static TimeValues Subtracted(MemberUse use, Func<TimeValue, TimeValue, TimeValue> minus) =>
        Minus(use.Instance, use.Argument(0), minus).Select(value => Sourced(value, use.Operation));

    /// <summary>Notes where a duration became what it does not seem to be.</summary>
    public static TimeValue Sourced(TimeValue value, IOperation operation) =>
        value.Shape == TimeShape.Duration && value.Source is null &&
        (value.IsEpoch || value.IsCut || value.Mixup is not null || value.IsComponent || value.Origin == Origin.Difference)
        ? value with { Source = operation }
        : value;

    private static TimeValues FromUnixTime(MemberUse use, TimeUnit unit) =>
        use.Argument(0).Select(count => Asked(TimeArithmetic.FromUnixTime(count, unit, use.Operation), count));

    /// <summary>
    /// The time since midnight: of the clock or a deadline no span that anybody means, of a fixed or read time perhaps a setting.
    /// </summary>
    private static TimeValues TimeOfDay(MemberUse use) =>
        use.Instance.Select(
            value => value is { Shape: TimeShape.Instant,
                Origin: Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset or Origin.Unknown }
        ? Sourced(TimeValue.Duration(null) with { IsEpoch = true, Origin = value.Origin, Kind = value.Zone }, use.Operation)
        : TimeValue.Duration(null));

    private static TimeUnit UnitOf(string name) => (TimeUnit)Enum.Parse(typeof(TimeUnit), name);

    private static TimeValues From(MemberUse use, TimeUnit unit)
    {
        // FromSeconds(long, long, long) and its like: the further arguments are smaller units.
        TimeValues first = use.Argument(0).Select(count => Sourced(FromCount(count, unit), use.Operation));
        return use.ExplicitArguments == 1 ? first : use.ExplicitArguments == 0 ? TimeValues.Unknown : TimeValue.Duration(null);
    }

    private static TimeValues Total(MemberUse use, TimeUnit unit) => use.Instance.Select(value => ToCount(value, unit));

    /// <summary>One component; of a constant duration that has no larger ones it is the total without its fraction.</summary>
    private static TimeValues Component(MemberUse use, TimeUnit unit) => use.Instance.Select(value =>
        ToCount(value, unit) is var total && total.Constant is { } number && Math.Abs(number) < TicksPer(unit + 1) / TicksPer(unit)
            ? Truncate(total)
            : Whole(total) with { Constant = null, Components = 1 });

    private static TimeValues ParseTimeSpan(MemberUse use)
    {
        if (use.Text(0) is not { } text || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            return TimeValue.Duration(null);
        }

        return SpanText.MixupOf(text, span) is { } mixup
            ? Sourced(TimeValue.Duration(null) with { Mixup = mixup }, use.Operation)
            : TimeValue.Duration(span.Ticks);
    }

    private static TimeValues ParseExactTimeSpan(MemberUse use) =>
        use.Text(0) is { } text && use.Text(1) is { } format &&
        TimeSpan.TryParseExact(text, format, CultureInfo.InvariantCulture, out TimeSpan span)
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
        TimeValue sum = TimeValue.Duration(0);
        int given = 0;
        for (int i = 0; i < count && i < units.Length; i++)
        {
            // A part on two ways is not looked into.
            if (use.Argument(i).Alternatives is not [{ } part])
            {
                return TimeValue.Duration(null);
            }

            sum = Plus(sum, FromCount(part, units[i]));
            given += part.Constant == 0 ? 0 : 1;
        }

        // new TimeSpan(0, span.Minutes, span.Seconds) puts the components where they belong.
        return Sourced(given == 1 ? sum : sum with { Components = sum.Components * 2 }, use.Operation);
    }

    private static TimeValues ConstructDateTime(MemberUse use)
    {
        TimeKind kind = use.KindArgument ?? (use.HasKindArgument ? TimeKind.Unknown : TimeKind.Unspecified);
        Origin origin = use.ExplicitArguments == 0 ? Origin.Minimum : Origin.Calendar;
        return TimeValue.Instant(kind, origin, use.Operation) with
        {
            Reading = use.HasKindArgument ? TimeKind.None : ZoneOfParts(use),
            Constant = origin == Origin.Minimum ? 0 : ConstantOfParts(use),
            IsPast = IsBuiltBeforeRedis(use)
        };
    }

    /// <summary>The zones of the clock readings that a constructor takes its numbers from: none where all are constant.</summary>
    private static TimeKind ZoneOfParts(MemberUse use)
    {
        TimeKind zones = TimeKind.None;
        foreach (IArgumentOperation argument in use.Arguments)
        {
            foreach (TimeValue part in use.Of(argument.Value).Alternatives)
            {
                zones |= part.Constant is not null
                    ? TimeKind.None
                    : part.Shape == TimeShape.Count && part.Kind != TimeKind.None ? part.Kind : TimeKind.Unknown;
            }
        }

        return zones;
    }

    /// <summary>The clock reading in ticks that constant parts stand for.</summary>
    private static double? ConstantOfParts(MemberUse use)
    {
        List<int> parts = [];
        for (int i = 0; i < 6 && use.Argument(i).Number is { } number; i++)
        {
            if (use.ExplicitArguments == 1)
            {
                return number;
            }

            parts.Add(number is >= 0 and <= 9999 ? (int)number : -1);
        }

        while (parts.Count is >= 3 and < 6)
        {
            parts.Add(0);
        }

        return parts is [>= 1, >= 1 and <= 12, >= 1 and <= 28, <= 23, <= 59, <= 59] && parts.All(static part => part >= 0)
            ? new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]).Ticks
            : null;
    }

    private static bool IsBuiltBeforeRedis(MemberUse use) =>
        use.ExplicitArguments == 0 || (use.Argument(0).Number is { } first && use.Arguments[0].Parameter?.Name switch
    {
        "ticks" => first < FirstRedis.Ticks,
        "year" => first < FirstRedis.Year,
        _ => false,
    });

    private static TimeValues ConstructDateTimeOffset(MemberUse use)
    {
        if (use.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "offset" }) is { } offset)
        {
            TimeKind kind = KindAt(use.Of(offset.Value));
            return use.Arguments[0].Parameter is { Name: "dateTime" }
                ? use.Argument(0)
                    .Select(
                        value => value.Shape == TimeShape.Instant
                            ? value with { Kind = kind, Reading = TimeKind.None, Source = use.Operation, Parameter = null, Moved = null }
                            : TimeValue.Instant(kind, Origin.Unknown, use.Operation))
                : TimeValue.Instant(kind, Origin.Calendar, use.Operation) with
                {
                    Constant = ConstantOfParts(use),
                    IsPast = IsBuiltBeforeRedis(use)
                };
        }

        return use.ExplicitArguments == 1
            ? use.Argument(0).Select(ToOffset)
            : TimeValue.Instant(TimeKind.Utc, Origin.Minimum, use.Operation) with { IsPast = true };
    }

    private static TimeValues ConvertTime(MemberUse use)
    {
        if (use.Operation.Type is { Name: "DateTimeOffset" })
        {
            return TimeValue.Instant(TimeKind.Unknown, Origin.Unknown, use.Operation);
        }

        // ConvertTime(x, from, to), ConvertTime(x, to), ConvertTimeBySystemTimeZoneId(x, id): the last zone is the target.
        IOperation? zone = use.Arguments.LastOrDefault(
            argument => argument.Parameter?.Name.IndexOf("destination", StringComparison.OrdinalIgnoreCase) >= 0)?.Value;
        TimeKind kind = (zone is null ? null : use.Resolved(zone)) switch
        {
            IPropertyReferenceOperation { Property: { Name: "Utc", ContainingType.Name: "TimeZoneInfo" } } => TimeKind.Utc,
            IPropertyReferenceOperation { Property: { Name: "Local", ContainingType.Name: "TimeZoneInfo" } } => TimeKind.Local,
            IInvocationOperation { TargetMethod: { Name: "FindSystemTimeZoneById", ContainingType.Name: "TimeZoneInfo" } } find =>
                ZoneKind(find.Arguments[0].Value),
            ILiteralOperation literal => ZoneKind(literal),

            // The zone may be TimeZoneInfo.Utc or .Local, held by a variable.
            _ => TimeKind.Unknown,
        };
        return use.Argument(0).Select(value => As(value, kind, use.Operation));
    }

    private static TimeKind ZoneKind(IOperation id) => id.ConstantValue is { HasValue: true, Value: string text }
        ? text == "UTC" ? TimeKind.Utc : TimeKind.Unspecified
        : TimeKind.Unknown;

    /// <summary>
    /// <c>Parse</c>, <c>TryParse</c> and <c>Convert.ToDateTime</c>: the kind depends on the styles and on what the text says of its zone.
    /// </summary>
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
        bool? hasZone = text is null
            ? null
            : text.EndsWith("Z", StringComparison.Ordinal) || text.EndsWith("GMT", StringComparison.Ordinal) || HasOffset(text);
        TimeKind withZone = TimeKind.Local;
        TimeKind withoutZone = TimeKind.Unspecified;
        if (use.Styles is not { } styles)
        {
            return Parsed(use, TimeKind.Unknown);
        }

        if ((styles & DateTimeStyles.RoundtripKind) != 0)
        {
            withZone = text?.EndsWith("Z", StringComparison.Ordinal) == true
                ? TimeKind.Utc
                : hasZone == true ? TimeKind.Local : TimeKind.Utc | TimeKind.Local;
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
    private static TimeValues XmlDateTime(MemberUse use) =>
        Parsed(use, use.Arguments.LastOrDefault()?.Value.ConstantValue is { HasValue: true, Value: int mode }
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
            // The formats stand for UTC, whatever becomes of the kind.
            return Parsed(use, TimeKind.Unspecified) with { Reading = TimeKind.Utc };
        }

        bool? zone = format is null ? null : format is "o" or "O" || format.IndexOfAny(['K', 'z']) >= 0;
        TimeKind withZone = adjust ? TimeKind.Utc : TimeKind.Local;
        TimeKind withoutZone = assume ? withZone : TimeKind.Unspecified;
        TimeKind kind = zone switch
        {
            true => format is "o" or "O" || format!.IndexOf('K') >= 0 ? withZone | withoutZone : withZone,
            false => withoutZone,
            null => withZone | withoutZone,
        };

        // A literal Z in the format: the text is in UTC.
        return Parsed(use, kind) with
        {
            Reading = kind == TimeKind.Unspecified && format!.IndexOf('Z') >= 0 ? TimeKind.Utc : TimeKind.None
        };
    }
}

/// <summary>One use of a member, for the facts of <see cref="TimeFacts"/>.</summary>
internal readonly struct MemberUse(
    IOperation operation,
    ISymbol member,
    IOperation? instance,
    ImmutableArray<IArgumentOperation> arguments,
    Func<IOperation, TimeValues> of,
    Func<IOperation, IOperation> resolved)
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
    public DateTimeStyles? Styles =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == nameof(DateTimeStyles)) is not { } styles
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
