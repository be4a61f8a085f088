using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Values;

/// <summary>How instants, durations and counts combine.</summary>
internal static class TimeArithmetic
{
    /// <summary>The start of Unix time in ticks.</summary>
    public static readonly long UnixEpoch = new DateTime(1970, 1, 1).Ticks;

    private static readonly TimeUnit[] AllUnits = [.. Enum.GetValues(typeof(TimeUnit))
        .Cast<TimeUnit>()
        .Where(static unit => unit != TimeUnit.Unknown)];

    /// <summary>The factors that lead from one unit to another, without the 10 that may be any factor.</summary>
    private static readonly double[] Conversions =
    [
        .. (from large in AllUnits
            from small in AllUnits
            select TicksPer(large) / TicksPer(small) into factor
            where factor > 10
            select factor).Distinct(),
    ];

    private const double DaysOfYear = 365.2425;

    /// <summary>Below this factor a product is so many times the same, above it perhaps another unit: seconds times 100 are what?</summary>
    private const double MostOfMultiple = 60;

    /// <summary>How far an <c>int</c> of Unix seconds reaches, in ticks: eleven years, since the clock stood in 2027.</summary>
    private const double FarAhead = 11 * DaysOfYear * TimeSpan.TicksPerDay;

    /// <summary>No expiry was ever set before Redis was published.</summary>
    public static readonly DateTime FirstRedis = new(2009, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether a number of units since the Unix epoch is a date before <see cref="FirstRedis"/>.</summary>
    public static bool IsBeforeRedis(double? number, TimeUnit unit) =>
        number * TicksPer(unit) < (FirstRedis - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Ticks;

    public static TimeValue Plus(TimeValue left, TimeValue right) => (left.Shape, right.Shape) switch
    {
        (TimeShape.Instant, _) => Move(left, right, Origin.ClockPlusOffset),
        (TimeShape.Duration, TimeShape.Duration) =>
            Marked(TimeValue.Duration(left.Constant + right.Constant) with { IsEpoch = left.IsEpoch || right.IsEpoch }, left, right),
        (TimeShape.Duration, _) => Marked(TimeValue.Duration(null) with { IsEpoch = left.IsEpoch }, left, right),
        (TimeShape.Count, TimeShape.Count) => Sum(left, right, 1),
        (TimeShape.Count, _) => Grown(left),
        (_, TimeShape.Count) => Grown(right),
        _ => TimeValue.Unknown,
    };

    public static TimeValue Minus(TimeValue left, TimeValue right) => (left.Shape, right.Shape) switch
    {
        (TimeShape.Instant, TimeShape.Instant) => Difference(left, right),
        (TimeShape.Instant, TimeShape.Duration) =>
            Move(left, Scale(right, -1), right.Constant < 0 ? Origin.ClockPlusOffset : Origin.ClockMinusOffset),
        (TimeShape.Duration, TimeShape.Duration) =>
            Marked(
                Left(TimeValue.Duration(left.Constant - right.Constant), left) with { IsEpoch = left.IsEpoch && !right.IsEpoch },
                left,
                right with { Components = right.Components * 2 }),
        (TimeShape.Duration, _) => Marked(TimeValue.Duration(null), left, TimeValue.Duration(null)),
        (TimeShape.Count, TimeShape.Count) => Left(Sum(left, right, -1), left),
        _ => TimeValue.Unknown,
    };

    /// <summary>
    /// What is left of each of the values after each of the others. Where both sides may be of two kinds, that was chosen once, as of
    /// which clock is read: they are then of the same.
    /// </summary>
    public static TimeValues Minus(TimeValues left, TimeValues right, Func<TimeValue, TimeValue, TimeValue> minus) =>
        left.Combine(right, minus, (one, other) => one.Kind == other.Kind ||
            !right.Any(value => value.Kind == one.Kind) || !left.Any(value => value.Kind == other.Kind));

    /// <summary>
    /// The difference of two <c>DateTimeOffset</c>s, which is that of the instants: only a silently misread side may be wrong.
    /// </summary>
    public static TimeValue MinusOffsets(TimeValue left, TimeValue right)
    {
        // A span less leaves the zone as it is.
        return right.Shape == TimeShape.Instant
            ? Minus(Side(left, right), Side(right, left)) with { Parameter = null }
            : Minus(left, right);

        static TimeValue Side(TimeValue side, TimeValue other) => side.Shape != TimeShape.Instant ? side : side with
        {
            Reading = side.IsMisread ? TimeKind.Unspecified : other.IsMisread ? side.Kind : TimeKind.Unknown,
        };
    }

    /// <summary>A product; where neither side is a plain constant, little is known of it.</summary>
    public static TimeValues Times(TimeValues left, TimeValues right)
    {
        // Of two numbers neither of which is known, the one is scaled of which anything is.
        bool isOfLeft = left.Any(static value => value.Shape == TimeShape.Duration) ||
            right.All(static value => value.Shape == TimeShape.Unknown);
        if (right.Number is { } factor)
        {
            return left.Select(value => Scale(value, factor));
        }

        return left.Number is { } first
            ? right.Select(value => Scale(value, first))
            : TimesUnit(right, left) ?? TimesUnit(left, right) ?? (isOfLeft ? Scaled(left, right) : Scaled(right, left));
    }

    /// <summary>So many times a unit, where the number says of which unit it is; null of any other product.</summary>
    private static TimeValues? TimesUnit(TimeValues numbers, TimeValues duration) =>
        UnitIn(duration) is { } unit && numbers.Any(static value => value is { Shape: TimeShape.Count, Unit: not TimeUnit.Unknown })
            ? numbers.Select(number => FromCount(number, unit))
            : null;

    /// <summary>The unit of which a duration is one: so many times <c>TimeSpan.FromSeconds(1)</c> are so many seconds.</summary>
    private static TimeUnit? UnitIn(TimeValues values) => UnitOfTicks(values.Length?.Ticks);

    /// <summary>The unit that a number of ticks makes.</summary>
    public static TimeUnit? UnitOfTicks(object? ticks) => ticks is not (long and > 1) ? null
        : AllUnits.Where(unit => TicksPer(unit).Equals((double)(long)ticks)).Select(static unit => (TimeUnit?)unit).FirstOrDefault();

    /// <summary>
    /// The ticks of so many units. A number of another unit is read in this one; of one whose unit is not known, the product tells nothing.
    /// </summary>
    public static TimeValues InTicks(TimeValues numbers, TimeUnit unit) => numbers.Select(number =>
        number is { Shape: TimeShape.Count, Unit: not TimeUnit.Unknown } && number.Unit != unit
            ? ToCount(FromCount(number, unit), TimeUnit.Ticks)
            : Scale(number, TicksPer(unit)));

    /// <summary>Values times an unknown number, of which is known at most that it is no whole one.</summary>
    private static TimeValues Scaled(TimeValues values, TimeValues number)
    {
        bool isFractional = number.Any(static value => value.IsFractional);
        return values.Select(value => Scale(value, null) is var scaled && isFractional && scaled.Shape != TimeShape.Unknown
            ? scaled with { IsFractional = true }
            : scaled);
    }

    public static TimeValues Quotient(TimeValues left, TimeValues right) => left.Select(value => Scale(value, 1 / right.Number));

    /// <summary>What is left of a division, in the same unit: of an instant's number, the distance from a mark of the calendar.</summary>
    public static TimeValue Remainder(TimeValue value) => Fraction(value) with { Components = 0, Parameter = null, IsReversed = false };

    /// <summary>A multiple. A conversion factor makes another unit of a count: seconds times 1000 are milliseconds.</summary>
    public static TimeValue Scale(TimeValue value, double? factor) => value.Shape switch
    {
        TimeShape.Duration => value with
        {
            Constant = value.Constant * factor,
            IsReversed = value.IsReversed && factor > 0,
            Parameter = null,
            ReadAs = TimeUnit.Unknown,
            Mixup = value.Mixup is { } mixup && IsConvertedBack(mixup, factor) ? null : value.Mixup,
        },
        TimeShape.Count => (factor is null ? Fraction(value) : value) with
        {
            Constant = value.Constant * factor,
            Unit = Converted(value.Unit, factor),
            Components = factor is null ? 0 : value.Components,
            IsReversed = value.IsReversed && factor > 0,
            Parameter = null,
            Mixup = value.Mixup is { } mixup && IsConvertedBack(mixup, factor) ? null : value.Mixup,
        },
        _ => TimeValue.Unknown,
    };

    /// <summary>Whether a factor makes up for the unit in which a number was read: so many days, read as hours, times 24.</summary>
    private static bool IsConvertedBack(UnitMixup mixup, double? factor) =>
        factor is { } times && IsNear(TicksPer(mixup.Given), TicksPer(mixup.Read) * times);

    /// <summary>A number that is no instant's any more, be it made of one.</summary>
    private static TimeValue Fraction(TimeValue value) => !value.IsEpoch ? value with { Constant = null } : value with
    {
        Constant = null,
        IsEpoch = false,
        Origin = Origin.Difference,
        Kind = TimeKind.None,
    };

    /// <summary>The greater or smaller of two, or one kept between bounds: what matters is the one that is no plain constant.</summary>
    public static TimeValue Bounded(TimeValue left, TimeValue right) =>
        left.Constant is null || right.Constant is not null
            ? left with { Constant = null, Parameter = null, IsReversed = false }
            : right with { Constant = null, Parameter = null, IsReversed = false };

    /// <summary>The same instant, or the same clock reading, under another kind.</summary>
    public static TimeValue As(TimeValue value, TimeKind kind, IOperation source) => value.Shape switch
    {
        TimeShape.Instant => value with
        {
            Kind = kind,
            Reading = TimeKind.None,
            Source = source,
            Parameter = value.ReadAs == TimeUnit.Unknown ? null : value.Parameter,
            Moved = null,
            Passage = Passage.Unchanged,
            RuledOut = TimeKind.None,
            IsMisread = false,
            MayBeMisread = false,
        },
        TimeShape.Null => value,
        _ => TimeValue.Instant(kind, Origin.Unknown, source),
    };

    /// <summary>The same instant in UTC; of a parameter, the caller is to know.</summary>
    public static TimeValue ToUtc(TimeValue value, IOperation source) =>
        value is { Parameter: not null, ReadAs: TimeUnit.Unknown, Passage: Passage.Unchanged or Passage.ToUtc }
        ? As(value, TimeKind.Utc, source) with { Parameter = value.Parameter, Passage = Passage.ToUtc }
        : As(value, TimeKind.Utc, source);

    /// <summary>What a method that is handed a value makes of it.</summary>
    public static TimeValue Passed(TimeValue value, Passage passage, IOperation source) => passage switch
    {
        Passage.ToUtc => ToUtc(value, source) with
        {
            Source = value.Source ?? source,
            IsMisread = value.IsMisread,
            MayBeMisread = value.MayBeMisread
        },
        Passage.LessUtcNow or Passage.LessLocalNow
            when value is { Shape: TimeShape.Instant, Origin: not (Origin.Never or Origin.Minimum) } =>
            Minus(value, TimeValue.Instant(passage == Passage.LessUtcNow ? TimeKind.Utc : TimeKind.Local, Origin.Clock, source)),
        Passage.LessUtcNow or Passage.LessLocalNow => TimeValue.Duration(null),
        _ => value,
    };

    /// <summary>A value behind code that looks at it: the first instant there is, which stands for none, need not come so far.</summary>
    public static TimeValue IfAnyTime(TimeValue value) =>
        value is { Shape: TimeShape.Instant, Origin: Origin.Minimum } ? TimeValue.Unknown : value;

    /// <summary>A value that comes through code which compares it with another: which lengths do is not known.</summary>
    public static TimeValue IfOfAnyLength(TimeValue value) =>
        value is { Shape: TimeShape.Duration or TimeShape.Count, Constant: not null } ? value with { Constant = null }
            : IfAnyTime(value);

    /// <summary>A value that comes back from a method which compares it with another: so it is for whoever hands it on.</summary>
    public static TimeValue Tested(TimeValue value) => IfOfAnyLength(value) with { IsTested = true };

    /// <summary>The clock reading of a <c>DateTimeOffset</c>, which has lost its offset.</summary>
    public static TimeValue WithoutOffset(TimeValue value, IOperation source) =>
        As(value, TimeKind.Unspecified, source) with
        {
            Reading = value is { Shape: TimeShape.Instant, Kind: TimeKind.Utc or TimeKind.Local } ? value.Kind : TimeKind.None
        };

    /// <summary>The instant after a step by the calendar, which makes a deadline of it.</summary>
    public static TimeValue ByCalendar(TimeValue value) =>
        value.Shape != TimeShape.Instant ? value : value with
        {
            Origin = Origin.Calendar,
            Parameter = null,
            Moved = BeforeMove(value),
            Constant = null,
            IsKept = false,
        };

    /// <summary>The instant some months or years on.</summary>
    public static TimeValue ByCalendar(TimeValue value, TimeValue count) =>
        ByCalendar(value) with { IsPast = IsPast(value, count.Constant) };

    /// <summary>The instant some years on.</summary>
    public static TimeValue ByYears(TimeValue value, TimeValue count) =>
        ByCalendar(value, count) with { IsFarAhead = IsFar(value, count.Constant * DaysOfYear * TimeSpan.TicksPerDay) };

    /// <summary>An instant's own number in a unit.</summary>
    public static TimeValue Number(TimeValue instant, TimeUnit unit) =>
        TimeValue.Count(unit, unit == TimeUnit.Ticks ? instant.Constant : null) with
    {
        IsEpoch = true,
        IsPast = instant.IsPast,
        Origin = instant.Shape == TimeShape.Instant ? instant.Origin : Origin.Unknown,
        Kind = instant.Shape == TimeShape.Instant ? instant.Zone : TimeKind.Unknown,
        Mixup = instant.Mixup,
        IsCut = instant.IsCut,
        IsFarAhead = instant.IsFarAhead,
        Question = instant.Question,
        IsKept = instant.IsKept,
        IsMisread = instant.IsMisread,
    };

    /// <summary>A part of a clock reading, the year, the hour: what is reckoned with it leads to a mark of the calendar.</summary>
    public static TimeValue Part(TimeValue instant) => TimeValue.Count(TimeUnit.Unknown, null) with
    {
        Origin = Origin.Calendar,
        Kind = instant.Shape == TimeShape.Instant ? instant.Zone : TimeKind.Unknown,
    };

    /// <summary>The duration of a count of units.</summary>
    public static TimeValue FromCount(TimeValue count, TimeUnit unit)
    {
        if (count.Shape != TimeShape.Count)
        {
            return TimeValue.Duration(null) with
            {
                Parameter = count.Parameter,
                ReadAs = count.Parameter is null ? TimeUnit.Unknown : unit,
                IsTested = count.IsTested
            };
        }

        UnitMixup? mixup = count.Mixup ?? (count.Unit != TimeUnit.Unknown && count.Unit != unit ? new(count.Unit, unit) : null);
        return TimeValue.Duration(mixup is null && !count.IsEpoch && count.Components == 0 ? count.Constant * TicksPer(unit) : null) with
        {
            IsEpoch = count.IsEpoch,
            Components = count.Components,
            Mixup = mixup,
            IsCut = count.IsCut,
            Origin = count.Origin,
            Kind = count.Kind,
            OtherKind = count.OtherKind,
            Source = count.Source,
            Question = count.Question,
            Parameter = count.Parameter,
            ReadAs = count.Parameter is null ? TimeUnit.Unknown : unit,
            IsTested = count.IsTested,
            CameToNothing = count.CameToNothing,
            IsReversed = count.IsReversed,
            IsFractional = count.IsFractional,
            IsKept = count.IsKept && !count.IsEpoch,
        };
    }

    /// <summary>The instant of a count of units since the Unix epoch.</summary>
    public static TimeValue FromUnixTime(TimeValue count, TimeUnit unit, IOperation source) =>
        TimeValue.Instant(TimeKind.Utc, IsReading(count) ? count.Origin : Origin.Unknown, source) with
    {
        Mixup = FromCount(count, unit).Mixup,
        IsCut = count.IsCut,
        Constant = UnixEpoch + (count.Constant * TicksPer(unit)),
        IsPast = IsBeforeRedis(count.Constant, unit) || (count.IsPast && count.Shape == TimeShape.Count),
        Parameter = count.Parameter,
        ReadAs = count.Parameter is null ? TimeUnit.Unknown : unit,
        IsKept = count.IsKept && count.IsEpoch,
    };

    /// <summary>What a number makes of a value that a helper yields for its own parameter, a number read in a unit.</summary>
    public static TimeValue Read(TimeValue number, TimeValue made)
    {
        if (made.Shape != TimeShape.Instant || made.Source is not { } source)
        {
            return FromCount(number, made.ReadAs);
        }

        // The helper may have made another kind of it.
        TimeValue instant = FromUnixTime(number, made.ReadAs, source);
        return instant with { Kind = made.Kind, Reading = made.Reading, Origin = made.Origin, IsMisread = made.IsMisread };
    }

    /// <summary>The number of units of a duration.</summary>
    public static TimeValue ToCount(TimeValue duration, TimeUnit unit) =>
        duration.Shape != TimeShape.Duration ? TimeValue.Count(unit, null) : TimeValue.Count(unit, duration.Constant / TicksPer(unit)) with
    {
        IsEpoch = duration.IsEpoch,
        Components = duration.Components,
        Mixup = duration.Mixup,
        IsCut = duration.IsCut,
        Origin = duration.Origin,
        Kind = duration.Kind,
        OtherKind = duration.OtherKind,
        Source = duration.Source,
        Question = duration.Question,
        IsTested = duration.IsTested,
        CameToNothing = duration.CameToNothing,
        IsReversed = duration.IsReversed,
        IsFractional = duration.IsFractional,
    };

    /// <summary>What is made of the number of an instant that a server was asked for, is that instant.</summary>
    public static TimeValue Asked(TimeValue made, TimeValue number) =>
        number.Question is null ? made : made with { Origin = number.Origin, Question = number.Question };

    public static double TicksPer(TimeUnit unit) => unit switch
    {
        TimeUnit.Microseconds => 10,
        TimeUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
        TimeUnit.Seconds => TimeSpan.TicksPerSecond,
        TimeUnit.Minutes => TimeSpan.TicksPerMinute,
        TimeUnit.Hours => TimeSpan.TicksPerHour,
        TimeUnit.Days => TimeSpan.TicksPerDay,
        _ => 1,
    };

    /// <summary>The unit of a count of one unit, multiplied by a factor.</summary>
    private static TimeUnit Converted(TimeUnit unit, double? factor)
    {
        if (unit == TimeUnit.Unknown || factor is null or 0)
        {
            return TimeUnit.Unknown;
        }

        double size = Math.Abs(factor.Value);
        TimeUnit converted = AllUnits.FirstOrDefault(other => IsNear(TicksPer(unit), TicksPer(other) * size));
        bool isMultiple = size is > 1.0 / MostOfMultiple and < MostOfMultiple &&
            !Conversions.Any(conversion => IsNear(conversion, size) || IsNear(conversion, 1 / size));
        return converted == TimeUnit.Unknown && isMultiple ? unit : converted;
    }

    private static bool IsNear(double left, double right) => Math.Abs(left - right) < 1e-9 * left;

    /// <summary>What a cast to a type that holds numbers up to a bound makes of a number.</summary>
    public static TimeValue Cut(TimeValue number, double most, IOperation cast)
    {
        if (number.Shape != TimeShape.Count)
        {
            return number;
        }

        // Of an instant's own number no more is known than that it is of our time.
        bool isFine = number.Unit != TimeUnit.Unknown && TicksPer(number.Unit) < TicksPer(TimeUnit.Seconds);
        bool isLate = number is { Unit: TimeUnit.Seconds, IsFarAhead: true } && most <= int.MaxValue;
        return number.Constant > most || (number.IsEpoch && (isFine || isLate))
            ? number with { IsCut = true, Constant = null, Parameter = null, Source = number.Source ?? cast }
            : number;
    }

    /// <summary>Whether a step from the clock leads past January 2038, the last that 32 bits of seconds hold.</summary>
    private static bool IsFar(TimeValue instant, double? ticks) => instant.Origin == Origin.Clock && ticks > FarAhead;

    /// <summary>A number that the program has asked for its unit; of a constant there is nothing to ask.</summary>
    public static TimeValue OfAnyUnit(TimeValue number) => number is not { Shape: TimeShape.Unknown or TimeShape.Count, Constant: null }
        ? number
        : TimeValue.Count(TimeUnit.Unknown, null) with { Origin = number.Origin, IsOfAnyUnit = true };

    /// <summary>A number cut down to a whole one, as by a cast or by the division of whole numbers.</summary>
    public static TimeValue Truncate(TimeValue value) => value is { Shape: TimeShape.Count, Constant: { } number }
        ? value with { Constant = Math.Truncate(number), CameToNothing = value.CameToNothing || number is > 0 and < 1 }
        : Whole(value);

    /// <summary>
    /// The whole quotient of two numbers. Of an instant's own number it is a mark of the calendar, but for one in seconds or less made of
    /// one in a smaller unit.
    /// </summary>
    public static TimeValue Divided(TimeValue value, double? divisor)
    {
        TimeValue whole = Truncate(Scale(value, 1 / divisor));
        bool isConverted = whole.Unit != value.Unit && whole.Unit != TimeUnit.Unknown &&
            TicksPer(whole.Unit) <= TicksPer(TimeUnit.Seconds);
        return IsReading(whole) && !isConverted ? whole with { Origin = Origin.Calendar } : whole;
    }

    /// <summary>What an object holds: the object goes with its time, so that it is no longer a span from now.</summary>
    public static TimeValue Shared(TimeValue value) => IsReading(value) ? value with { Origin = Origin.Unknown } : value;

    /// <summary>A number rounded to a whole one, in whichever direction.</summary>
    public static TimeValue Whole(TimeValue value) => value.IsFractional ? value with { IsFractional = false } : value;

    /// <summary>A number rounded to the next whole one, of two as near to the even one.</summary>
    public static TimeValue Rounded(TimeValue value) =>
        Whole(value) with { Constant = value.Constant is { } number ? Math.Round(number) : null };

    /// <summary>What is left of a constant after another was taken from it.</summary>
    private static TimeValue Left(TimeValue rest, TimeValue before) =>
        before.Constant > 0 && rest.Constant <= 0 ? rest with { CameToNothing = true } : rest;

    /// <summary>Whether an instant is past after a step.</summary>
    private static bool IsPast(TimeValue instant, double? step) =>
        step < 0 ? instant.IsPast || instant.Origin == Origin.Clock : instant.IsPast && step == 0;

    private static TimeValue Move(TimeValue instant, TimeValue by, Origin plus)
    {
        // The way back from a difference ends at an instant that was known before, not at the clock plus a span.
        Origin origin = by.Origin == Origin.Difference || by.IsEpoch ? Origin.Unknown
            : by.Origin == Origin.Calendar ? Origin.Calendar
            : by.Constant < 0 && plus == Origin.ClockPlusOffset ? Offset(instant.Origin, Origin.ClockMinusOffset)
            : Offset(instant.Origin, plus);
        return Asked(
            instant with
            {
                Origin = origin,
                Parameter = null,
                Moved = BeforeMove(instant),
                IsEpoch = instant.IsEpoch || (by.IsEpoch && instant.Origin == Origin.Clock && plus == Origin.ClockPlusOffset),
                IsPast = IsPast(instant, by.Constant),
                Constant = instant.Constant + by.Constant,
                Mixup = instant.Mixup ?? by.Mixup,
                IsCut = instant.IsCut || by.IsCut,
                IsFarAhead = instant.IsFarAhead || IsFar(instant, by.Constant),
                Components = Math.Min(2, instant.Components + by.Components),
            },
            by);
    }

    /// <summary>The parameter that an instant was before it was moved.</summary>
    private static IParameterSymbol? BeforeMove(TimeValue instant) =>
        instant is { Parameter: { } parameter, ReadAs: TimeUnit.Unknown, Passage: Passage.Unchanged } ? parameter : instant.Moved;

    /// <summary>
    /// What a method that moves its parameter makes of an instant: it is of the instant's kind. How far it was moved, nobody sees.
    /// </summary>
    public static TimeValue MovedFrom(TimeValue moved, TimeValue instant)
    {
        bool isKnown = instant is { Shape: TimeShape.Instant, Origin: not (Origin.Never or Origin.Minimum) } && !moved.MayBeMisread;
        return !isKnown ? moved with { Moved = null } : moved with
        {
            Kind = instant.Kind,
            Reading = instant.Reading,
            Source = instant.Source,
            IsMisread = instant.IsMisread,
            MayBeMisread = instant.MayBeMisread,
            Origin = moved.Origin != Origin.Unknown || IsReading(instant) ? moved.Origin : instant.Origin,
            Moved = BeforeMove(instant),
        };
    }

    private static Origin Offset(Origin origin, Origin moved) => origin switch
    {
        Origin.Clock => moved,
        Origin.ClockPlusOffset => origin,
        Origin.ClockMinusOffset => moved == origin ? origin : Origin.Unknown,
        Origin.Never or Origin.Minimum => Origin.Calendar,
        _ => origin,
    };

    /// <summary>The time between two instants; from the start of a count it is the instant's own number.</summary>
    private static TimeValue Difference(TimeValue left, TimeValue right) =>
        right.Constant < FirstRedis.Ticks && left is { Constant: null, Origin: not (Origin.Minimum or Origin.Never) }
        ? TimeValue.Duration(null) with
        {
            IsEpoch = true,
            IsFractional = IsReading(left),
            Origin = left.Origin,
            Kind = left.Zone,
            Mixup = left.Mixup
        }
        : TimeValue.Duration(null) with
        {
            Origin = Origin.Difference,
            IsFractional = IsReading(left) || IsReading(right),
            IsKept = left.IsKept && right.Origin == Origin.Clock,
            Kind = ZoneOf(left),
            OtherKind = ZoneOf(right),
            Mixup = left.Mixup ?? right.Mixup,
            Parameter = PassageLess(right) is not null && left is { ReadAs: TimeUnit.Unknown, Passage: Passage.Unchanged }
                ? left.Parameter
                : null,
            Passage = PassageLess(right) ?? Passage.Unchanged,
        };

    /// <summary>The zone of an instant; the ends of all time lie in none.</summary>
    private static TimeKind ZoneOf(TimeValue instant) =>
        instant.Origin is Origin.Never or Origin.Minimum ? TimeKind.None : instant.Zone;

    /// <summary>Whether an instant, or its number, is a clock's reading, perhaps moved.</summary>
    private static bool IsReading(TimeValue instant) =>
        instant.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset;

    /// <summary>What the subtraction of a clock's reading makes of a parameter.</summary>
    private static Passage? PassageLess(TimeValue clock) => (clock.Origin, clock.Kind) switch
    {
        (Origin.Clock, TimeKind.Utc) => Passage.LessUtcNow,
        (Origin.Clock, TimeKind.Local) => Passage.LessLocalNow,
        _ => null,
    };

    private static TimeValue Sum(TimeValue left, TimeValue right, int sign)
    {
        bool isSinceStart = left is { IsEpoch: true, Constant: null } && right is { IsEpoch: true, Unit: TimeUnit.Ticks } &&
            right.Constant < FirstRedis.Ticks;
        bool isDifference = sign < 0 && left.IsEpoch && right.IsEpoch && !isSinceStart;
        bool isEpoch = sign > 0 ? left.IsEpoch || right.IsEpoch : left.IsEpoch && (!right.IsEpoch || isSinceStart);
        (TimeValue epoch, TimeValue step) = left.IsEpoch ? (left, right) : (right, left);
        bool isMixed = epoch.IsEpoch && !step.IsEpoch && epoch.Unit != step.Unit && epoch.Unit != TimeUnit.Unknown &&
            step.Unit != TimeUnit.Unknown;
        TimeUnit unit = isMixed ? epoch.Unit
            : left.Unit == TimeUnit.Unknown || left.Unit == right.Unit ? right.Unit
            : right.Unit == TimeUnit.Unknown ? left.Unit : TimeUnit.Unknown;
        TimeValue sum = TimeValue.Count(unit, left.Constant + (sign * right.Constant)) with
        {
            IsEpoch = isEpoch,
            IsPast = left.IsEpoch && !right.IsEpoch && IsPast(left, sign * right.Constant),
            IsFarAhead = epoch.IsFarAhead || (sign > 0 && IsFar(epoch, step.Constant * TicksPer(unit))),
            Mixup = isMixed ? new(step.Unit, epoch.Unit) : null,
            Origin = isDifference
                ? Origin.Difference
                : !isEpoch ? Origin.Unknown
                : step.Origin == Origin.Calendar ? Origin.Calendar
                : Offset(epoch.Origin, sign > 0 ? Origin.ClockPlusOffset : Origin.ClockMinusOffset),
            IsFractional = left.IsFractional || right.IsFractional,
            IsKept = isDifference && left.IsKept && right.Origin == Origin.Clock,
            Kind = isDifference ? left.Kind : left.Kind | right.Kind,
            OtherKind = isDifference ? right.Kind : TimeKind.None,
        };
        return isDifference ? sum : Marked(sum, left, sign > 0 ? right : right with { Components = right.Components * 2 });
    }

    /// <summary>A count and an unknown number.</summary>
    private static TimeValue Grown(TimeValue count) =>
        count with
        {
            Constant = null,
            IsPast = false,
            IsReversed = false,
            Origin = count.IsEpoch ? Offset(count.Origin, Origin.ClockPlusOffset) : count.Origin,
            Kind = count.Kind | TimeKind.Unknown,
            Parameter = null
        };

    /// <summary>Whether a number may be that of a whole span in one unit, to which a component of that span adds the rest.</summary>
    private static bool IsTotal(TimeValue value) =>
        value is { Shape: TimeShape.Count, Constant: null, Components: 0, IsEpoch: false, Unit: not TimeUnit.Unknown };

    /// <summary>The sum, with what is wrong with either part.</summary>
    private static TimeValue Marked(TimeValue sum, TimeValue left, TimeValue right)
    {
        TimeValue? difference = left.Origin == Origin.Difference ? left : right.Origin == Origin.Difference ? right : null;
        bool isToMark = left.Origin == Origin.Calendar || right.Origin == Origin.Calendar || (right.IsEpoch && !left.IsEpoch);
        bool isRestOfWhole = (IsTotal(left) && right.IsComponent) || (IsTotal(right) && left.IsComponent);
        int components = Math.Min(2, left.Components + right.Components + (isRestOfWhole ? 1 : 0));
        TimeValue marked = sum with
        {
            Mixup = left.Mixup ?? right.Mixup ?? sum.Mixup,
            IsCut = left.IsCut || right.IsCut,
            Components = components,
            Constant = components > 0 ? null : sum.Constant,
            IsFractional = left.IsFractional || right.IsFractional,
            IsMisread = sum.IsEpoch && (left.IsMisread || right.IsMisread),
            Source = left.Source ?? right.Source,
            Origin = isToMark && !sum.IsEpoch ? Origin.Calendar : sum.Origin,
        };
        return difference is null
            ? marked
            : marked with
            {
                Origin = Origin.Difference,
                Kind = difference.Kind,
                OtherKind = difference.OtherKind,
                Source = difference.Source
            };
    }
}
