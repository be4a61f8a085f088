using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>Finds what the rules report in a program, and applies each action that their fixes offer.</summary>
internal static class Repairs
{
    private static readonly ImmutableArray<CodeFixProvider> Providers = [.. typeof(ExpiryCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .OrderBy(provider => provider is AskingCodeFix)];

    /// <summary>The repairs of all findings of the rules named, and the findings that have none.</summary>
    public static async Task<(List<Repair> Repairs, int WithoutFix)> OfAsync(SourceProgram program, string file,
        IReadOnlyCollection<string> ids)
    {
        Compilation compilation = (await program.Document.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        SemanticModel model = (await program.Document.GetSemanticModelAsync())!;
        List<Repair> repairs = [];
        HashSet<(MemberName Member, int Line, string Id)> findings = [];
        int withoutFix = 0;
        foreach (Diagnostic found in reported.Where(diagnostic => ids.Contains(diagnostic.Id))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            int before = repairs.Count;
            int line = found.Location.GetLineSpan().StartLinePosition.Line + 1;
            MemberName[] members = [.. MembersToRun(model, found.Location.SourceSpan.Start)];
            findings.UnionWith(members.Select(member => (member, line, found.Id)));
            foreach (CodeFixProvider provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(found.Id)))
            {
                foreach (CodeAction action in await ActionsAsync(provider, program.Document, found))
                {
                    ApplyChangesOperation change = (await action.GetOperationsAsync(CancellationToken.None))
                        .OfType<ApplyChangesOperation>().Single();
                    SourceProgram repaired = program.With(change.ChangedSolution.GetDocument(program.Document.Id)!);
                    string key = action.EquivalenceKey![(found.Id.Length + 1)..];
                    repairs.AddRange(members.Select(member =>
                        new Repair(found.Id, file, line, action.Title, key, provider is AskingCodeFix, member, program, repaired)));
                }
            }

            withoutFix += repairs.Count == before ? 1 : 0;
        }

        return ([.. repairs.GroupBy(repair => repair.Name)
            .SelectMany(same => same.Select((repair, index) =>
                repair with { Number = index + 1, IsAlone = findings.Count(finding => finding.Member == repair.Member) == 1 }))],
            withoutFix);
    }

    private static async Task<List<CodeAction>> ActionsAsync(CodeFixProvider provider, Document document, Diagnostic found)
    {
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, found, (action, _) => actions.Add(action),
            CancellationToken.None));
        return actions;
    }

    /// <summary>The method that a finding stands in; of a field, the methods of its type that speak of it.</summary>
    private static IEnumerable<MemberName> MembersToRun(SemanticModel model, int position)
    {
        SyntaxNode node = model.SyntaxTree.GetRoot().FindToken(position).Parent!;
        if (node.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field)
        {
            return MethodsThatName(model, field, field.Declaration.Variables[0].Identifier.Text);
        }

        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Initializer: { } initializer } property
            && initializer.Span.Contains(position))
        {
            return MethodsThatName(model, property, property.Identifier.Text);
        }

        ISymbol? symbol = model.GetEnclosingSymbol(position);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol is IMethodSymbol method ? [MemberName.Of(method)] : [];
    }

    private static IEnumerable<MemberName> MethodsThatName(SemanticModel model, MemberDeclarationSyntax member, string name) =>
        member.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == name))
            .Select(method => model.GetDeclaredSymbol(method))
            .OfType<IMethodSymbol>()
            .Take(2)
            .Select(MemberName.Of);
}
