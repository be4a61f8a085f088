using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>Writes times: those that a method hands from its caller to a client, and those that it answers with.</summary>
internal sealed class OutlineTimes(OutlineScope scope)
{
    private static readonly IReadOnlyList<TimeUnit> Units =
        [TimeUnit.Days, TimeUnit.Hours, TimeUnit.Minutes, TimeUnit.Seconds, TimeUnit.Milliseconds];

    private readonly Knowledge _knowledge = scope.Knowledge;
    private readonly OutlineTypes _types = scope.Types;
    private readonly ITypeSymbol _answer = scope.Knowledge.Types.AwaitedResultOf(scope.Method.ReturnType);

    /// <summary>Whether the method answers with a time, and not with a number that may stand for one.</summary>
    public bool AnswersTime => _knowledge.IsInstant(_answer) || _knowledge.IsDuration(_answer);

    /// <summary>The type of the time that the method answers with.</summary>
    public string AnswerType => _types.TextOf(_answer);

    /// <summary>A time that the caller hands in, as the client is handed it; null where it cannot be written.</summary>
    public (string Type, string Text)? Handed(HandedOn handed)
    {
        (string Type, string Text)? time = AsHanded(handed, handed.Sink.Innermost);
        bool isMixed = handed.Sink.IsMixed || handed.Sink.Values?.Alternatives.Length > 1;
        return time is not var (type, text) || type == OutlineSyntax.Anything ? null
            : isMixed ? (type, $"({OutlineSyntax.Any("bool")} ? {text} : {OutlineSyntax.Any(type)})")
            : (type, text);
    }

    private (string Type, string Text)? AsHanded(HandedOn handed, Sink sink)
    {
        IParameterSymbol parameter = handed.Given;
        string name = scope.NameOf(parameter);
        string value = ValueOf(parameter);
        bool isDuration = _knowledge.IsDuration(parameter.Type);
        if (!isDuration && !_knowledge.IsInstant(parameter.Type))
        {
            return OfNumber(handed, sink, value, name);
        }

        if (handed.Passage != Passage.Unchanged)
        {
            return Passed(handed.Passage, value, parameter);
        }

        return sink.Unit == TimeUnit.Unknown ? (sink.TakesOffset ? "System.DateTimeOffset?" : _types.TextOf(parameter.Type), name)
            : isDuration ? ("double", $"{value}.Total{sink.Unit}")
            : null;
    }

    /// <summary>A parameter's value: of what may be none, the one that it has.</summary>
    private string ValueOf(IParameterSymbol parameter) => scope.NameOf(parameter) +
        (parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ".Value" : "");

    private (string Type, string Text)? OfNumber(HandedOn handed, Sink sink, string value, string name)
    {
        TimeUnit unit = handed.Unit;
        if (unit == TimeUnit.Unknown || sink.Unit == unit)
        {
            return unit == TimeUnit.Unknown ? null : (_types.TextOf(handed.Given.Type), name);
        }

        if (sink.IsAbsolute)
        {
            return unit is TimeUnit.Seconds or TimeUnit.Milliseconds
                ? ("System.DateTimeOffset", $"System.DateTimeOffset.FromUnixTime{unit}((long){value})")
                : null;
        }

        string span = SpanOf(unit, value, handed.Given);
        return sink.Unit == TimeUnit.Unknown ? (OutlineSyntax.TimeSpan, span) : ("double", $"{span}.Total{sink.Unit}");
    }

    /// <summary>A number of units as a span: of what is no whole number, as a <c>double</c>.</summary>
    private static string SpanOf(TimeUnit unit, string value, IParameterSymbol number)
    {
        bool isWhole = WellKnownTypes.IsWholeNumber(WellKnownTypes.Bare(number.Type));
        return $"System.TimeSpan.From{unit}({(isWhole ? "" : "(double)")}{value})";
    }

    private (string Type, string Text)? Passed(Passage passage, string value, IParameterSymbol parameter)
    {
        string type = _types.TextOf(WellKnownTypes.Bare(parameter.Type)!);
        return passage switch
        {
            Passage.ToUtc => (type, value + ".ToUniversalTime()"),
            Passage.LessUtcNow => (OutlineSyntax.TimeSpan, $"{value} - {type}.UtcNow"),
            Passage.LessLocalNow => (OutlineSyntax.TimeSpan, $"{value} - {type}.Now"),
            _ => null,
        };
    }

    /// <summary>What the method answers with, by the flags on which that hangs; null where nothing is known of it.</summary>
    /// <param name="ask">The question that asks a server when a key dies.</param>
    public string? Answered(string? ask) => Answered(default, new(scope.Flags), ask);

    private string? Answered(KnownFlags known, Stack<IParameterSymbol> open, string? ask)
    {
        if (open.Count == 0)
        {
            return Answered(_knowledge.Summaries.ReturnedBy(scope.Method, known), ask);
        }

        IParameterSymbol flag = open.Pop();
        string? ifSet = Answered(known.With(flag, true), open, ask);
        string? ifNot = Answered(known.With(flag, false), open, ask);
        open.Push(flag);
        string any = OutlineSyntax.Any(AnswerType);
        return ifSet == ifNot ? ifSet : $"{scope.NameOf(flag)} ? ({ifSet ?? any}) : ({ifNot ?? any})";
    }

    /// <summary>What a member answers with; null where nothing is known of it.</summary>
    /// <param name="values">The values.</param>
    /// <param name="ask">The question that asks a server when a key dies.</param>
    public string? Answered(TimeValues? values, string? ask)
    {
        if (values is null)
        {
            return null;
        }

        string any = OutlineSyntax.Any(AnswerType);
        string[] texts = [.. values.Alternatives.Select(value => TextOf(value, ask) ?? any).Distinct()];
        return texts is [{ } only] && only == any ? null
            : texts.Aggregate(static (all, next) => $"{OutlineSyntax.Any("bool")} ? {all} : {next}");
    }

    private string? TextOf(TimeValue value, string? ask)
    {
        if (value.Parameter is { } parameter)
        {
            return scope.IsOwn(parameter) ? OfParameter(value, parameter) : null;
        }

        string type = _types.TextOf(WellKnownTypes.Bare(_answer)!);
        return value switch
        {
            { Shape: TimeShape.Null } => type.Length < AnswerType.Length ? "null" : null,
            { Shape: TimeShape.Duration, Length: { } length } => TextOf(length),
            { Shape: TimeShape.Instant, Origin: Origin.Never } => type + ".MaxValue",
            { Shape: TimeShape.Instant, Origin: Origin.ServerExpiry } => ask,
            { Shape: TimeShape.Instant, Kind: TimeKind.Utc } => OfClock(value, type, "UtcNow", nameof(DateTimeKind.Utc)),
            { Shape: TimeShape.Instant, Kind: TimeKind.Local } => OfClock(value, type, "Now", nameof(DateTimeKind.Local)),
            { Shape: TimeShape.Instant, Kind: TimeKind.Unspecified } => Specified(type, nameof(DateTimeKind.Unspecified)),
            _ => null,
        };
    }

    private string? OfParameter(TimeValue value, IParameterSymbol parameter)
    {
        string? text = value.ReadAs != TimeUnit.Unknown ? OfUnits(value, parameter) : OfTime(value, parameter);
        return text is null || !value.IsTested ? text
            : $"({scope.IsSome(parameter)} ? {text} : {OutlineSyntax.Any(AnswerType)})";
    }

    private string? OfUnits(TimeValue value, IParameterSymbol number) =>
        value.Shape == TimeShape.Duration ? SpanOf(value.ReadAs, ValueOf(number), number) : null;

    private string? OfTime(TimeValue value, IParameterSymbol time)
    {
        bool mayBeNone = AnswerType.EndsWith("?", StringComparison.Ordinal);
        return value.Passage != Passage.Unchanged ? Passed(value.Passage, ValueOf(time), time)?.Text
            : mayBeNone ? scope.NameOf(time)
            : ValueOf(time);
    }

    private static string? OfClock(TimeValue value, string type, string clock, string kind) => value.Origin switch
    {
        Origin.Clock => $"{type}.{clock}",
        Origin.ClockPlusOffset => $"{type}.{clock} + {OutlineSyntax.Any(OutlineSyntax.TimeSpan)}",
        Origin.ClockMinusOffset => $"{type}.{clock} - {OutlineSyntax.Any(OutlineSyntax.TimeSpan)}",
        _ => Specified(type, kind),
    };

    private static string? Specified(string type, string kind) => type != OutlineSyntax.DateTime ? null
        : $"System.DateTime.SpecifyKind({OutlineSyntax.Any(OutlineSyntax.DateTime)}, System.DateTimeKind.{kind})";

    /// <summary>A length in the largest unit of which it is a whole number, as people write it.</summary>
    public static string TextOf(TimeSpan length)
    {
        foreach (TimeUnit unit in Units)
        {
            double number = length.Ticks / TimeArithmetic.TicksPer(unit);
            if (number == Math.Floor(number) && Math.Abs(number) < int.MaxValue)
            {
                return $"TimeSpan.From{unit}({number.ToString(CultureInfo.InvariantCulture)})";
            }
        }

        return "TimeSpan.FromTicks(" + length.Ticks.ToString(CultureInfo.InvariantCulture) + "L)";
    }
}
