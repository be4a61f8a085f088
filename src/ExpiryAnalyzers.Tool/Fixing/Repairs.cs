using System.Collections.Immutable;
using ExpiryAnalyzers.Tool.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.Tool.Fixing;

/// <summary>One way to mend one finding.</summary>
/// <param name="Title">What the code does afterwards.</param>
/// <param name="Before">The text of its file.</param>
/// <param name="After">The text of its file, mended.</param>
internal sealed record Repair(string Title, string Before, string After);

/// <summary>Asks the package's fixes what they offer.</summary>
internal sealed class Repairs(Product product)
{
    /// <summary>The safest fix of a finding; null where none is safe.</summary>
    public async Task<Repair?> SafestAsync(Finding finding, CancellationToken cancellationToken)
    {
        if (finding.Document is not { } document ||
            (await ActionsAsync(product.SafeFixes, document, finding.Diagnostic, cancellationToken)).FirstOrDefault() is not { } action)
        {
            return null;
        }

        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(cancellationToken);
        Solution? changed = operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution;
        return changed?.GetDocument(document.Id) is { } mended
            ? new(action.Title, await TextAsync(document, cancellationToken), await TextAsync(mended, cancellationToken))
            : null;
    }

    /// <summary>What an editor offers beside that: each needs a person's decision.</summary>
    public async Task<IReadOnlyList<string>> AskingTitlesAsync(Finding finding, CancellationToken cancellationToken) =>
        finding.Document is { } document
            ? [.. (await ActionsAsync(product.AskingFixes, document, finding.Diagnostic, cancellationToken))
                .Select(static action => action.Title)]
            : [];

    private static async Task<IReadOnlyList<CodeAction>> ActionsAsync(
        ImmutableArray<CodeFixProvider> fixes, Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new(document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        }

        return actions;
    }

    private static async Task<string> TextAsync(Document document, CancellationToken cancellationToken) =>
        (await document.GetTextAsync(cancellationToken)).ToString();
}
