using ExpiryAnalyzers.Tests.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>Makes the mutants of a repair.</summary>
internal static class Mutants
{
    public static async Task<List<Mutant>> OfAsync(Repair repair)
    {
        Document document = repair.Repaired.Document;
        SyntaxNode root = (await document.GetSyntaxRootAsync())!;
        SemanticModel model = (await document.GetSemanticModelAsync())!;
        WrittenSpans written = await WrittenSpans.OfAsync(repair.Original.Document, document);
        List<Mutant> mutants = [];
        HashSet<string> texts = [];
        foreach (MutationOperator mutation in MutationOperators.All)
        {
            int number = 0;
            foreach (SyntaxNode node in root.DescendantNodes().Where(written.Holds))
            {
                foreach (SyntaxNode changed in mutation.Mutations(node, model, written))
                {
                    SyntaxNode mutated = root.ReplaceNode(node, changed);
                    if (texts.Add(mutated.ToFullString()))
                    {
                        mutants.Add(new(mutation.Name, $"{repair.Name} {mutation.Name} {++number}: {Short(node)} => {Short(changed)}",
                            repair.Repaired.With(mutated), Probe.Of(repair.Repaired, root, node, model)));
                    }
                }
            }
        }

        return mutants;
    }

    private static string Short(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 90 ? text : text[..60] + " ... " + text[^25..];
    }
}
