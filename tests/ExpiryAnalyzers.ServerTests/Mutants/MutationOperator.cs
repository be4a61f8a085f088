using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>One way to get a repair wrong.</summary>
/// <param name="Name">Its name in the table of scores.</param>
/// <param name="Mutations">What a node that the fix wrote may be made; nothing where the operator does not fit it.</param>
internal sealed record MutationOperator(string Name, Func<SyntaxNode, SemanticModel, WrittenSpans, IEnumerable<SyntaxNode>> Mutations);
