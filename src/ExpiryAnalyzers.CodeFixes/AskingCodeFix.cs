using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes;

/// <summary>
/// Offers those repairs of a rule that ask (<see cref="Fix.Asks"/>). They have no fix-all, so that the lightbulb shows none and
/// <c>dotnet format</c> never takes them.
/// </summary>
internal abstract class AskingCodeFix : CodeFixProvider
{
    private readonly ExpiryCodeFix _rule;

    private protected AskingCodeFix(ExpiryCodeFix rule) => _rule = rule;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => _rule.FixableDiagnosticIds;

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context) => _rule.RegisterAsync(context, asks: true);
}
