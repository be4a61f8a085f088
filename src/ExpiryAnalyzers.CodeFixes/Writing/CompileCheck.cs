using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>
/// Whether a changed document compiles as it did before, without a new warning, and calls itself no more than it did, in every project
/// and target framework that holds it, each with its own language version and symbols.
/// </summary>
internal static class CompileCheck
{
    /// <summary>Compares the members that a change touches, before and after it.</summary>
    /// <param name="before">The document as it is, and its model.</param>
    /// <param name="changed">The document, changed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<bool> HoldsAsync(FixAnalysis before, Document changed, CancellationToken cancellationToken)
    {
        // What the editing made is no descendant of the old text, so its differences are looked for.
        IEnumerable<TextChange> found = await changed.GetTextChangesAsync(before.Document, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TextChange> changes = found.ToList();
        if (changes.Count == 0 || !Holds(before.Model, changes, cancellationToken))
        {
            return false;
        }

        Solution solution = before.Document.Project.Solution;
        foreach (DocumentId linked in before.Document.GetLinkedDocumentIds())
        {
            bool isCSharp = solution.GetDocument(linked) is { Project.Language: LanguageNames.CSharp };
            SemanticModel? model = isCSharp
                ? await solution.GetDocument(linked)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false)
                : null;
            if (model is not null && !Holds(model, changes, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(SemanticModel before, IReadOnlyList<TextChange> changes, CancellationToken cancellationToken)
    {
        // Parsed anew: only the parser knows what a language version lacks.
        SyntaxTree old = before.SyntaxTree;
        SyntaxTree parsed = old.WithChangedText(old.GetText(cancellationToken).WithChanges(changes));
        IReadOnlyList<Touched> touched = Touched.In(before, changes.Select(static change => change.Span), cancellationToken);
        SemanticModel after = before.Compilation.ReplaceSyntaxTree(old, parsed).GetSemanticModel(parsed);
        IReadOnlyList<Touched> written = Touched.In(after, NewSpans(changes), cancellationToken);
        Dictionary<string, int> known = Problems(before, touched, cancellationToken);
        return Problems(after, written, cancellationToken).All(IsKnown) &&
            !UnreadParameters.AreMadeBy(TypesOf(written), TypesOf(touched)) &&
            !Circles.AreMadeBy(CodeOf(written), after, CodeOf(touched), before, cancellationToken);

        bool IsKnown(KeyValuePair<string, int> problem) => known.TryGetValue(problem.Key, out int count) && count >= problem.Value;

        static IEnumerable<TypeDeclarationSyntax> TypesOf(IEnumerable<Touched> places) => places
            .Select(static place => place.Member.FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .OfType<TypeDeclarationSyntax>()
            .Distinct();

        static IEnumerable<SyntaxNode> CodeOf(IEnumerable<Touched> places) => places
            .Select(static place => place.Member)
            .Where(static member => member is not (CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax))
            .Distinct();
    }

    /// <summary>Where the changed places are in the new text.</summary>
    private static IEnumerable<TextSpan> NewSpans(IEnumerable<TextChange> changes)
    {
        int shift = 0;
        foreach (TextChange change in changes)
        {
            int length = change.NewText?.Length ?? 0;
            yield return new(change.Span.Start + shift, length);
            shift += length - change.Span.Length;
        }
    }

    /// <summary>How often the compiler complains of what, in some members.</summary>
    private static Dictionary<string, int> Problems(
        SemanticModel model,
        IEnumerable<Touched> places,
        CancellationToken cancellationToken) => places
            .SelectMany(place => ProblemsOf(model, place, cancellationToken))
            .Where(static problem => problem.Severity >= DiagnosticSeverity.Warning && !problem.IsSuppressed)
            .GroupBy(static problem => problem.Id)
            .ToDictionary(static group => group.Key, static group => group.Count());

    /// <summary>What the compiler says of a member; a body that changes has no say in its declaration, which costs the most.</summary>
    private static IEnumerable<Diagnostic> ProblemsOf(SemanticModel model, Touched place, CancellationToken cancellationToken)
    {
        TextSpan member = place.Member.FullSpan;
        IEnumerable<Diagnostic> problems = model.GetSyntaxDiagnostics(member, cancellationToken);
        problems = problems.Concat(model.GetMethodBodyDiagnostics(member, cancellationToken));
        return place.IsBody ? problems : problems.Concat(model.GetDeclarationDiagnostics(member, cancellationToken));
    }

    /// <summary>A member that a change touches.</summary>
    /// <param name="Member">The member.</param>
    /// <param name="IsBody">Whether the change is in its body.</param>
    private sealed record Touched(SyntaxNode Member, bool IsBody)
    {
        public static IReadOnlyList<Touched> In(SemanticModel model, IEnumerable<TextSpan> spans, CancellationToken cancellationToken)
        {
            SyntaxNode root = model.SyntaxTree.GetRoot(cancellationToken);
            return spans
                .SelectMany(span => MembersAt(root, span).Select(member => new Touched(member, IsInBody(member, span))))
                .Distinct()
                .ToList();
        }

        private static bool IsInBody(SyntaxNode member, TextSpan span) => member is BaseMethodDeclarationSyntax method &&
            ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.Span.Contains(span) == true;

        /// <summary>The member around a place; where that is a type, those of its members that the place holds or touches.</summary>
        private static IEnumerable<SyntaxNode> MembersAt(SyntaxNode root, TextSpan span)
        {
            SyntaxNode around = Statements.MemberAround(root.FindNode(span));
            IReadOnlyList<SyntaxNode> touched = around is TypeDeclarationSyntax type
                ? type.Members.Where(member => member.FullSpan.IntersectsWith(span)).ToList()
                : [];
            return touched.Count > 0 ? touched : [around];
        }
    }
}
