using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Asks the analysis what an expression of the document may be.</summary>
internal static class Evaluation
{
    public static TimeValues ValuesOf(ExpressionSyntax expression, FixContext context)
    {
        if (ApiCatalog.Create(context.Model.Compilation) is not { } catalog || context.Model.GetOperation(expression, context.CancellationToken) is not { } operation)
        {
            return TimeValues.Unknown;
        }

        IOperation root = operation;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return new Body(new Knowledge(catalog, context.CancellationToken), root, Summaries.MaxDepth, context.CancellationToken).ValuesOf(operation);
    }

    /// <summary>The kinds that an instant may have.</summary>
    public static TimeKind KindOf(ExpressionSyntax expression, FixContext context) =>
        ValuesOf(expression, context).Alternatives.Aggregate(TimeKind.None, static (kind, value) => kind | (value.Shape == TimeShape.Instant ? value.Kind : TimeKind.Unknown));
}
