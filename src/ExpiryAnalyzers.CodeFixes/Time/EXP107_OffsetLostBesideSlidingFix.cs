using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP107: the same instant at offset zero, or the offset from now by the relative property.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OffsetLostBesideSlidingFix))]
public sealed class OffsetLostBesideSlidingFix() : ExpiryCodeFix("EXP107")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not ExpressionSyntax deadline)
        {
            return [];
        }

        return new[] { FromUtcClock(context) ?? Converted(deadline, context) }.OfType<Fix>().Concat(NowPlusOffsetAsAbsoluteFix.ToRelative(context));
    }

    /// <summary>The clock read in UTC, where nothing but a span lies between it and the sink: a local day would turn at another moment.</summary>
    private static Fix? FromUtcClock(FixContext context)
    {
        if (!context.Has(SinkReport.SourceIsOwn) || context.Property(SinkReport.Origin) is not (nameof(Origin.Clock) or nameof(Origin.ClockPlusOffset) or nameof(Origin.ClockMinusOffset)) ||
            context.AdditionalNode(0) is not ExpressionSyntax source || Name(source is InvocationExpressionSyntax call ? call.Expression : source) is not { } name ||
            Twin(name.Identifier.ValueText) is not { } twin)
        {
            return null;
        }

        TimeEdits edits = new(context);
        edits.Replace(name, SyntaxFactory.IdentifierName(twin));
        return edits.ToFix("Utc", $"Use {twin}, which is the same instant at offset zero");
    }

    private static string? Twin(string clock) => clock switch
    {
        nameof(DateTime.Now) => nameof(DateTime.UtcNow),
        "GetLocalNow" => "GetUtcNow",
        _ => null,
    };

    private static Fix? Converted(ExpressionSyntax deadline, FixContext context)
    {
        const string convert = nameof(DateTime.ToUniversalTime);
        ITypeSymbol? type = context.Model.GetTypeInfo(deadline, context.CancellationToken).Type;
        if (!IsInstant(type))
        {
            return null;
        }

        TimeEdits edits = new(context);
        edits.Replace(deadline, IsNullable(type)
            ? SyntaxFactory.ConditionalAccessExpression(Primary(deadline), SyntaxFactory.InvocationExpression(SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName(convert))))
            : Call(Dot(Primary(deadline), convert)));
        return edits.ToFix("Utc", "Convert with ToUniversalTime(), which keeps the instant");
    }
}
