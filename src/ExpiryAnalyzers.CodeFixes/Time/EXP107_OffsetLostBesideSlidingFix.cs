using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP107: the same instant at offset zero, or the offset from now by the relative property.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OffsetLostBesideSlidingFix))]
internal sealed class OffsetLostBesideSlidingFix() : ExpiryCodeFix("EXP107")
{
    private const string Key = "Utc";

    private protected override IEnumerable<Fix> Fixes(FixContext context) => context.Node is ExpressionSyntax deadline
        ? new[] { FromUtcClock(context) ?? Converted(deadline, context) }.OfType<Fix>()
            .Concat(NowPlusOffsetAsAbsoluteFix.ToRelative(context))
        : [];

    /// <summary>
    /// The clock read in UTC, where nothing but a span lies between it and the sink: a local day would turn at another moment.
    /// </summary>
    private static Fix? FromUtcClock(FixContext context)
    {
        if (!context.Has(SinkReport.SourceIsOwn) || !IsClock(context.Property(SinkReport.Origin)) ||
            context.AdditionalNode(0) is not ExpressionSyntax source)
        {
            return null;
        }

        ExpressionSyntax clock = source is InvocationExpressionSyntax call ? call.Expression : source;
        if (Shapes.NameOf(clock) is not { } name || Twin(name.Identifier.ValueText) is not { } twin)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(name, SyntaxFactory.IdentifierName(twin));
        return edits.ToFix(Key, $"Use {twin}, which is the same instant at offset zero");
    }

    private static bool IsClock(string? origin) =>
        origin is nameof(Origin.Clock) or nameof(Origin.ClockPlusOffset) or nameof(Origin.ClockMinusOffset);

    private static string? Twin(string clock) => clock switch
    {
        nameof(DateTime.Now) => nameof(DateTime.UtcNow),
        TimeMembers.GetLocalNow => TimeMembers.GetUtcNow,
        _ => null,
    };

    private static Fix? Converted(ExpressionSyntax deadline, FixContext context)
    {
        const string convert = nameof(DateTime.ToUniversalTime);
        ITypeSymbol? type = context.TypeOf(deadline);
        if (!Types.IsInstant(type))
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(deadline, Types.IsNullable(type)
            ? Expressions.CallIfPresent(deadline, convert)
            : Expressions.Call(Expressions.Dot(Expressions.Primary(deadline), convert)));
        return edits.ToFix(Key, "Convert with ToUniversalTime(), which keeps the instant");
    }
}

/// <summary>The repairs of EXP107 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OffsetLostBesideSlidingAskingFix))]
internal sealed class OffsetLostBesideSlidingAskingFix() : AskingCodeFix(new OffsetLostBesideSlidingFix());
