using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP102: the span goes to the relative form of the sink. That clears EXP101 there, too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NowPlusOffsetAsAbsoluteFix))]
public sealed class NowPlusOffsetAsAbsoluteFix() : ExpiryCodeFix("EXP102")
{
    private const string Absolute = "AbsoluteExpiration";
    private const string Relative = "AbsoluteExpirationRelativeToNow";

    /// <summary>Marks what the sinks get, so that the repaired program can be asked what becomes of it.</summary>
    private static readonly SyntaxAnnotation Given = new();

    private protected override IEnumerable<Fix> Fixes(FixContext context) => ToRelative(context);

    /// <summary>The offset from the clock given to the relative form of the sink.</summary>
    internal static IEnumerable<Fix> ToRelative(FixContext context)
    {
        if (context.Node is not ExpressionSyntax sink)
        {
            yield break;
        }

        TimeEdits edits = new(context);
        SpanRewriter spans = new(context, edits, AllowsNever(sink, context));
        if (Rewrite(sink, spans, edits, context) && RewriteOtherSinks(sink, spans, edits, context))
        {
            string title = NameOfAbsolute(sink) is null ? "Pass the offset as a relative TTL" : $"Set {Relative} to the offset";
            if ((edits.ToFix("Relative", title, IsRelative) ?? WithNamedArguments(sink, edits, context)?.ToFix("Relative", title, IsRelative)) is { } fix)
            {
                yield return fix;
            }
        }
    }

    private static bool Rewrite(ExpressionSyntax sink, SpanRewriter spans, TimeEdits edits, FixContext context)
    {
        if (spans.Convert(sink) is not { } span)
        {
            return false;
        }

        edits.Replace(sink, span.WithAdditionalAnnotations(Given));
        if (NameOfAbsolute(sink) is { } name)
        {
            edits.Replace(name, SyntaxFactory.IdentifierName(Relative));
        }
        else if (context.Property(SinkReport.RelativeTwin) is { } twin && Outermost(sink).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && Name(call.Expression) is { } method)
        {
            edits.Replace(method, SyntaxFactory.IdentifierName(method.Identifier.ValueText.EndsWith("Async", StringComparison.Ordinal) ? twin + "Async" : twin));
        }

        return true;
    }

    /// <summary>A local that one sink reads may be read by another of the same key; both then get the span.</summary>
    private static bool RewriteOtherSinks(ExpressionSyntax sink, SpanRewriter spans, TimeEdits edits, FixContext context)
    {
        while (spans.OpenReads.FirstOrDefault() is { } read)
        {
            ArgumentSyntax? argument = read.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax or ArgumentSyntax).OfType<ArgumentSyntax>().FirstOrDefault();
            if (argument is null || !IsSinkLike(argument, sink, context) || !Rewrite(argument.Expression, spans, edits, context) || spans.OpenReads.Contains(read))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an argument tells an expiry to the type that the reported sink belongs to.</summary>
    private static bool IsSinkLike(ArgumentSyntax argument, ExpressionSyntax sink, FixContext context) =>
        ParameterOf(argument, context.Model) is { Name: "expiry" } parameter && Outermost(sink).Parent is ArgumentSyntax own && ParameterOf(own, context.Model) is { } other &&
        SymbolEqualityComparer.Default.Equals(parameter.ContainingType, other.ContainingType);

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, SemanticModel model) =>
        (model.GetOperation(argument) as Microsoft.CodeAnalysis.Operations.IArgumentOperation)?.Parameter;

    /// <summary><c>DateTime.MaxValue</c> and <c>TimeSpan.MaxValue</c> both take the TTL away here; elsewhere they differ (measured 2.6 to 3.4).</summary>
    private static bool AllowsNever(ExpressionSyntax sink, FixContext context) =>
        !context.Has(SinkReport.IsIndirect) && Outermost(sink).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } &&
        context.Model.GetSymbolInfo(call).Symbol is { Name: "KeyExpire" or "KeyExpireAsync" or "StringSet" or "StringSetAsync" };

    /// <summary>The name of the absolute property that the sink is assigned to.</summary>
    private static SimpleNameSyntax? NameOfAbsolute(ExpressionSyntax sink) =>
        Outermost(sink) is { Parent: AssignmentExpressionSyntax assignment } right && assignment.Right == right && Name(assignment.Left) is { Identifier.ValueText: Absolute } name ? name : null;

    /// <summary>Names the arguments behind the expiry as the relative overload does, which may have other parameters in between.</summary>
    private static TimeEdits? WithNamedArguments(ExpressionSyntax sink, TimeEdits edits, FixContext context)
    {
        if (Outermost(sink).Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } own)
        {
            return null;
        }

        TimeEdits named = edits.Clone();
        if (own.NameColon is { } name && RelativeName(own, context.Model) is { } relative)
        {
            named.Replace(name.Name, SyntaxFactory.IdentifierName(relative));
        }

        foreach (ArgumentSyntax argument in list.Arguments.Skip(list.Arguments.IndexOf(own) + 1).Where(argument => argument.NameColon is null))
        {
            if (ParameterOf(argument, context.Model) is { } parameter)
            {
                named.Replace(argument, argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(parameter.Name)).WithTrailingTrivia(SyntaxFactory.Space)));
            }
        }

        return named;
    }

    /// <summary>What the relative overload calls the parameter.</summary>
    private static string? RelativeName(ArgumentSyntax argument, SemanticModel model) =>
        ParameterOf(argument, model) is { ContainingSymbol: IMethodSymbol method } parameter
            ? method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
                .Where(other => other.Parameters.Length > parameter.Ordinal && IsDuration(other.Parameters[parameter.Ordinal].Type))
                .Select(other => other.Parameters[parameter.Ordinal].Name).FirstOrDefault()
            : null;

    /// <summary>Whether each sink takes the span as a duration, and does not just happen to accept it.</summary>
    private static bool IsRelative(SemanticModel model) =>
        model.SyntaxTree.GetRoot().GetAnnotatedNodes(Given).OfType<ExpressionSyntax>().All(given =>
            model.GetTypeInfo(Outermost(given)).ConvertedType is { } type && (IsDuration(type) || type.ToDisplayString() == Apis.StackExchangeRedis.Expiration));
}
