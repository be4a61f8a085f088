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
internal sealed class InstantAsTtlFix() : ExpiryCodeFix("EXP106")
{
    private const string OffsetKey = "Offset";
    private const string OffsetTitle = "Pass the offset alone";
    private const string AbsoluteTitle = "Pass the point in time itself";

    /// <summary>Marks what a sink gets, so that the repaired program can be asked what becomes of it.</summary>
    private static readonly SyntaxAnnotation Given = new();

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if ((context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax place)
        {
            return [];
        }

        bool isNumber = Enum.TryParse(context.Property(InstantAsTtl.Unit), out TimeUnit unit);
        IEnumerable<Fix?> fixes = context.Has(InstantAsTtl.IsAdded) ? Added(context)
            : isNumber ? OfNumber(place, unit, context)
            : OfSpan(place, context);
        return fixes.OfType<Fix>();
    }

    /// <summary>The point in time alone, where it is added to the clock.</summary>
    private static IEnumerable<Fix?> Added(FixContext context)
    {
        if (context.Node is not ExpressionSyntax sum)
        {
            return [];
        }

        PointInTime? point = UnitReader.In(sum, context)
            .Where(reader => sum.Span.Contains(reader.Node.Span))
            .Select(reader => PointInTime.OfNumber(reader, context))
            .FirstOrDefault(static point => point is not null);
        return [Replaced(sum, point?.For(sum, context), "Absolute", AbsoluteTitle, point, context)];
    }

    private static IEnumerable<Fix?> OfSpan(ExpressionSyntax place, FixContext context)
    {
        UnitReader? reader = UnitReader.Of(place, context);
        if (reader is not null && Offset(reader.Number, isWhole: false, context) is { } offset)
        {
            return [offset];
        }

        ExpressionSyntax? instant = InstantIn(place, reader, context);
        if (instant is not null && Evaluation.IsFromClock(instant, context))
        {
            CheckedEdits edits = new(context);
            SpanRewriter spans = new(context, edits, allowsNever: false);
            if (spans.Convert(instant) is { } span && !spans.OpenReads.Any())
            {
                edits.Replace(place, span);
                return [edits.ToFix(OffsetKey, OffsetTitle, asks: spans.StartsLater)];
            }
        }

        PointInTime? point = instant is not null ? PointInTime.Of(instant, context)
            : reader is not null ? PointInTime.OfNumber(reader, context)
            : null;
        Fix? remaining = Replaced(place, point?.Left(context), "Remaining", "Pass the time that is left", point, context);
        return [Absolute(place, point, context), remaining];
    }

    private static IEnumerable<Fix?> OfNumber(ExpressionSyntax number, TimeUnit unit, FixContext context)
    {
        if (Offset(number, isWhole: true, context) is { } offset)
        {
            return [offset];
        }

        if (Evaluation.MayBeFromClock(number, context) || context.Has(SinkReport.IsIndirect) ||
            UnitCommands.Of(number) is not { } command || UnitCommands.InUnit(command, unit, isAbsolute: true) is not { } absolute)
        {
            return [];
        }

        // EXAT and PXAT came with Redis 6.2.
        return UnitCommands.IsOption(command) && ServerVersion.IsBelow(ServerVersion.Redis62, context)
            ? []
            : [Replaced(command, absolute, "Absolute", $"Use {absolute.Token.ValueText}, which takes a point in time", null, context)];
    }

    /// <summary>What is added to the clock's own number.</summary>
    private static Fix? Offset(ExpressionSyntax number, bool isWhole, FixContext context)
    {
        CheckedEdits edits = new(context);
        if (ClockNumber.Of(number, edits, context) is not { } moved)
        {
            return null;
        }

        edits.Replace(number, isWhole ? moved.Whole(context) : moved.Offset.WithoutTrivia());
        return edits.ToFix(OffsetKey, OffsetTitle, asks: moved.StartsLater);
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

    /// <summary>The instant itself, where the call has a form that takes it, and the server the command behind that.</summary>
    private static Fix? Absolute(ExpressionSyntax place, PointInTime? point, FixContext context)
    {
        if (context.Has(SinkReport.IsIndirect) || place != context.Node || point?.Utc is not { } time ||
            Shapes.Outermost(place).Parent is not ArgumentSyntax argument ||
            (!IsExpire(argument, context) && ServerVersion.IsBelow(ServerVersion.Redis62, context)))
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(place, time.WithAdditionalAnnotations(Given));
        return edits.ToFix("Absolute", AbsoluteTitle + point.Reading, IsAbsolute, asks: point.IsOfUnknownKind);
    }

    /// <summary>Whether an argument goes to a command that only sets an expiry; others take an instant since Redis 6.2.</summary>
    private static bool IsExpire(ArgumentSyntax argument, FixContext context) =>
        argument.Parent?.Parent is InvocationExpressionSyntax call && context.SymbolOf(call) is IMethodSymbol method &&
        context.Analysis.EffectOf(method) is null or Effect.SetExpiry;

    /// <summary>Whether each sink takes the instant as one.</summary>
    private static bool IsAbsolute(SemanticModel model) => model.SyntaxTree.GetRoot().GetAnnotatedNodes(Given).OfType<ExpressionSyntax>()
        .All(given => Types.IsInstant(model.GetTypeInfo(Shapes.Outermost(given)).ConvertedType));

    private static Fix? Replaced(
        ExpressionSyntax old,
        ExpressionSyntax? replacement,
        string key,
        string title,
        PointInTime? point,
        FixContext context)
    {
        if (replacement is null)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(old, replacement.WithoutTrivia());
        return edits.ToFix(key, title + point?.Reading, asks: point?.IsOfUnknownKind == true);
    }
}

/// <summary>The repairs of EXP106 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InstantAsTtlAskingFix))]
internal sealed class InstantAsTtlAskingFix() : AskingCodeFix(new InstantAsTtlFix());
