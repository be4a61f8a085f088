using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP106. Of this machine's clock plus a span, the span is passed; another instant goes to the absolute form where there is
/// one, or the clock is subtracted from it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InstantAsTtlFix))]
public sealed class InstantAsTtlFix() : ExpiryCodeFix("EXP106")
{
    /// <summary>Marks what a sink gets, so that the repaired program can be asked what becomes of it.</summary>
    private static readonly SyntaxAnnotation Given = new();

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if ((context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax place)
        {
            return [];
        }

        return (Enum.TryParse(context.Property(InstantAsTtl.Unit), out TimeUnit unit) ? OfNumber(place, unit, context) : OfSpan(place, context)).OfType<Fix>();
    }

    private static IEnumerable<Fix?> OfSpan(ExpressionSyntax place, FixContext context)
    {
        UnitReader? reader = UnitReader.Of(place, context);
        if (reader is not null && OffsetOf(reader.Number, context) is { } offset)
        {
            return [Replaced(reader.Number, offset, "Offset", "Pass the offset alone", context)];
        }

        if (InstantIn(place, reader, context) is not { } instant)
        {
            return [];
        }

        TimeEdits edits = new(context);
        return new SpanRewriter(context, edits, allowsNever: false) is var spans && spans.Convert(instant) is { } span && !spans.OpenReads.Any()
            ? [Replaced(place, span, "Offset", "Pass the offset alone", context)]
            : [Absolute(place, instant, context), Replaced(place, Remaining(instant, context), "Remaining", "Pass the time that is left", context)];
    }

    private static IEnumerable<Fix?> OfNumber(ExpressionSyntax number, TimeUnit unit, FixContext context)
    {
        if (OffsetOf(number, context) is { } offset)
        {
            yield return Replaced(number, offset, "Offset", "Pass the offset alone", context);
            yield break;
        }

        if (Evaluation.ValuesOf(number, context).Any(static value => value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset))
        {
            yield break;
        }

        if (!context.Has(SinkReport.IsIndirect) && NumberSyntax.CommandOf(number) is { } command && NumberSyntax.Command(command, unit, isAbsolute: true) is { } absolute)
        {
            yield return Replaced(command, absolute, "Absolute", $"Use {absolute.Token.ValueText}, which takes a point in time", context);
        }
    }

    /// <summary>What is added to the clock's own number.</summary>
    private static ExpressionSyntax? OffsetOf(ExpressionSyntax number, FixContext context)
    {
        if (NumberSyntax.Core(number) is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            return null;
        }

        return IsClock(sum.Left) && IsOther(sum.Right) ? sum.Right : IsClock(sum.Right) && IsOther(sum.Left) ? sum.Left : null;

        bool IsClock(ExpressionSyntax part) => Evaluation.ValuesOf(part, context).All(static value => value.IsEpoch);

        bool IsOther(ExpressionSyntax part) => !Evaluation.ValuesOf(part, context).Any(static value => value.IsEpoch);
    }

    /// <summary>The instant whose number became the span.</summary>
    private static ExpressionSyntax? InstantIn(ExpressionSyntax place, UnitReader? reader, FixContext context)
    {
        ExpressionSyntax? instant = (reader is null ? place : NumberSyntax.Core(reader.Number)) switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary => binary.Left,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.Subtract) or nameof(DateTimeOffset.ToUnixTimeSeconds) or nameof(DateTimeOffset.ToUnixTimeMilliseconds) } access } => access.Expression,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.Ticks) or nameof(DateTimeOffset.UtcTicks) or nameof(DateTime.TimeOfDay) } access => access.Expression,
            _ => null,
        };
        return instant is not null && IsInstant(context.Model.GetTypeInfo(instant, context.CancellationToken).Type) && !IsNullable(context.Model.GetTypeInfo(instant, context.CancellationToken).Type) ? instant : null;
    }

    /// <summary>The instant itself, where the call has a form that takes it.</summary>
    private static Fix? Absolute(ExpressionSyntax place, ExpressionSyntax instant, FixContext context)
    {
        TimeKind kind = Evaluation.KindOf(instant, context);
        ExpressionSyntax? time = IsOffset(instant, context) ? Dot(Primary(instant), nameof(DateTimeOffset.UtcDateTime))
            : kind == TimeKind.Utc ? instant.WithoutTrivia()
            : (kind & TimeKind.Unspecified) == 0 ? Call(Dot(Primary(instant), nameof(DateTime.ToUniversalTime)))
            : null;
        if (time is null || context.Has(SinkReport.IsIndirect) || place != context.Node || Outermost(place).Parent is not ArgumentSyntax)
        {
            return null;
        }

        TimeEdits edits = new(context);
        edits.Replace(place, time.WithAdditionalAnnotations(Given));
        return edits.ToFix("Absolute", "Pass the point in time itself", static model => model.SyntaxTree.GetRoot().GetAnnotatedNodes(Given).OfType<ExpressionSyntax>().All(given => IsInstant(model.GetTypeInfo(Outermost(given)).ConvertedType)));
    }

    /// <summary>The instant minus the clock of its kind.</summary>
    private static ExpressionSyntax? Remaining(ExpressionSyntax instant, FixContext context)
    {
        if (IsOffset(instant, context))
        {
            return Binary(SyntaxKind.SubtractExpression, Operand(instant, isFirst: true), Static(context, "System.DateTimeOffset", nameof(DateTimeOffset.UtcNow)));
        }

        TimeKind kind = Evaluation.KindOf(instant, context);
        return kind switch
        {
            TimeKind.Utc => Left(instant, nameof(DateTime.UtcNow)),
            TimeKind.Local => Left(instant, nameof(DateTime.Now)),
            _ when (kind & TimeKind.Unspecified) == 0 => Left(Call(Dot(Primary(instant), nameof(DateTime.ToUniversalTime))), nameof(DateTime.UtcNow)),
            _ => null,
        };

        ExpressionSyntax Left(ExpressionSyntax until, string clock) => Binary(SyntaxKind.SubtractExpression, Operand(until, isFirst: true), Static(context, "System.DateTime", clock));
    }

    private static bool IsOffset(ExpressionSyntax instant, FixContext context) => context.Model.GetTypeInfo(instant, context.CancellationToken).Type?.SpecialType != SpecialType.System_DateTime;

    private static Fix? Replaced(ExpressionSyntax old, ExpressionSyntax? replacement, string key, string title, FixContext context)
    {
        if (replacement is null)
        {
            return null;
        }

        TimeEdits edits = new(context);
        edits.Replace(old, replacement.WithoutTrivia());
        return edits.ToFix(key, title);
    }
}
