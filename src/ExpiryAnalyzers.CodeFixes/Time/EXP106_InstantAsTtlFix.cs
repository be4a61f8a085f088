using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP106. Of this machine's clock plus a span, the span is passed; another instant goes to the absolute form where there is
/// one, or the clock is subtracted from it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InstantAsTtlFix))]
public sealed class InstantAsTtlFix() : ExpiryCodeFix("EXP106")
{
    private const string Offset = "Offset";
    private const string OffsetTitle = "Pass the offset alone";

    /// <summary>Marks what a sink gets, so that the repaired program can be asked what becomes of it.</summary>
    private static readonly SyntaxAnnotation Given = new();

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if ((context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax place)
        {
            return [];
        }

        bool isNumber = Enum.TryParse(context.Property(InstantAsTtl.Unit), out TimeUnit unit);
        return (isNumber ? OfNumber(place, unit, context) : OfSpan(place, context)).OfType<Fix>();
    }

    private static IEnumerable<Fix?> OfSpan(ExpressionSyntax place, FixContext context)
    {
        UnitReader? reader = UnitReader.Of(place, context);
        if (reader is not null && OffsetOf(reader.Number, context) is { } offset)
        {
            return [Replaced(reader.Number, offset, Offset, OffsetTitle, context)];
        }

        if (InstantIn(place, reader, context) is not { } instant)
        {
            return [];
        }

        SpanRewriter spans = new(context, new CheckedEdits(context), allowsNever: false);
        if (spans.Convert(instant) is { } span && !spans.OpenReads.Any())
        {
            return [Replaced(place, span, Offset, OffsetTitle, context)];
        }

        Fix? remaining = Replaced(place, Remaining(instant, context), "Remaining", "Pass the time that is left", context);
        return [Absolute(place, instant, context), remaining];
    }

    private static IEnumerable<Fix?> OfNumber(ExpressionSyntax number, TimeUnit unit, FixContext context)
    {
        if (OffsetOf(number, context) is { } offset)
        {
            return [Replaced(number, offset, Offset, OffsetTitle, context)];
        }

        return !Evaluation.MayBeFromClock(number, context) && !context.Has(SinkReport.IsIndirect) &&
            UnitCommands.Of(number) is { } command && UnitCommands.InUnit(command, unit, isAbsolute: true) is { } absolute
                ? [Replaced(command, absolute, "Absolute", $"Use {absolute.Token.ValueText}, which takes a point in time", context)]
                : [];
    }

    /// <summary>What is added to the clock's own number.</summary>
    private static ExpressionSyntax? OffsetOf(ExpressionSyntax number, FixContext context)
    {
        if (NumberReading.Core(number) is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            return null;
        }

        return IsClockAnd(sum.Left, sum.Right) ? sum.Right : IsClockAnd(sum.Right, sum.Left) ? sum.Left : null;

        bool IsClockAnd(ExpressionSyntax clock, ExpressionSyntax other) =>
            Evaluation.IsEpoch(clock, context) && !Evaluation.MayBeEpoch(other, context);
    }

    /// <summary>The instant whose number became the span.</summary>
    private static ExpressionSyntax? InstantIn(ExpressionSyntax place, UnitReader? reader, FixContext context)
    {
        ExpressionSyntax? instant = (reader is null ? place : NumberReading.Core(reader.Number)) switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary => binary.Left,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                when TakesFromInstant(access.Name.Identifier.ValueText) => access.Expression,
            MemberAccessExpressionSyntax access when IsPartOfInstant(access.Name.Identifier.ValueText) => access.Expression,
            _ => null,
        };
        ITypeSymbol? type = instant is null ? null : context.TypeOf(instant);
        return Types.IsInstant(type) && !Types.IsNullable(type) ? instant : null;
    }

    private static bool TakesFromInstant(string method) => method == nameof(DateTime.Subtract) || NumberReading.IsEpochNumber(method);

    private static bool IsPartOfInstant(string property) =>
        property is nameof(DateTime.Ticks) or nameof(DateTimeOffset.UtcTicks) or nameof(DateTime.TimeOfDay);

    /// <summary>The instant itself, where the call has a form that takes it.</summary>
    private static Fix? Absolute(ExpressionSyntax place, ExpressionSyntax instant, FixContext context)
    {
        if (context.Has(SinkReport.IsIndirect) || place != context.Node || Shapes.Outermost(place).Parent is not ArgumentSyntax ||
            InUtc(instant, context) is not { } time)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(place, time.WithAdditionalAnnotations(Given));
        return edits.ToFix("Absolute", "Pass the point in time itself", IsAbsolute);
    }

    /// <summary>The instant as UTC; null where only the user can know what it is.</summary>
    private static ExpressionSyntax? InUtc(ExpressionSyntax instant, FixContext context)
    {
        if (Types.IsOffset(context.TypeOf(instant)))
        {
            return Expressions.Dot(Expressions.Primary(instant), nameof(DateTimeOffset.UtcDateTime));
        }

        TimeKind kind = Evaluation.KindOf(instant, context);
        return kind == TimeKind.Utc ? instant.WithoutTrivia()
            : (kind & TimeKind.Unspecified) == 0 ? Converted(instant)
            : null;
    }

    /// <summary>Whether each sink takes the instant as one.</summary>
    private static bool IsAbsolute(SemanticModel model) => model.SyntaxTree.GetRoot().GetAnnotatedNodes(Given).OfType<ExpressionSyntax>()
        .All(given => Types.IsInstant(model.GetTypeInfo(Shapes.Outermost(given)).ConvertedType));

    /// <summary>The instant minus the clock of its kind.</summary>
    private static ExpressionSyntax? Remaining(ExpressionSyntax instant, FixContext context)
    {
        if (Types.IsOffset(context.TypeOf(instant)))
        {
            return Left(instant, Imports.Static(context, Types.DateTimeOffset, nameof(DateTimeOffset.UtcNow)));
        }

        TimeKind kind = Evaluation.KindOf(instant, context);
        string clock = kind == TimeKind.Local ? nameof(DateTime.Now) : nameof(DateTime.UtcNow);
        return kind is TimeKind.Utc or TimeKind.Local || (kind & TimeKind.Unspecified) == 0
            ? Left(kind is TimeKind.Utc or TimeKind.Local ? instant : Converted(instant), Imports.Static(context, Types.DateTime, clock))
            : null;
    }

    private static ExpressionSyntax Left(ExpressionSyntax until, ExpressionSyntax clock) =>
        Expressions.Sum(SyntaxKind.SubtractExpression, until, clock);

    private static ExpressionSyntax Converted(ExpressionSyntax instant) =>
        Expressions.Call(Expressions.Dot(Expressions.Primary(instant), nameof(DateTime.ToUniversalTime)));

    private static Fix? Replaced(ExpressionSyntax old, ExpressionSyntax? replacement, string key, string title, FixContext context)
    {
        if (replacement is null)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(old, replacement.WithoutTrivia());
        return edits.ToFix(key, title);
    }
}
