using System.Collections.Immutable;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers;

/// <summary>Tells of each line of <c>ExpiryAnalyzers.Sinks.txt</c> that cannot be used; the others work all the same.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SinksFileAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor BadLine = new(
        "EXP0002",
        "Line of ExpiryAnalyzers.Sinks.txt cannot be used",
        "This line teaches nothing: {0}",
        "Configuration",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The other lines of the file work all the same.",
        helpLinkUri: HelpLink.To("docs/teaching.md"));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(BadLine);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Check);
    }

    private static void Check(AdditionalFileAnalysisContext context)
    {
        if (SinksFile.Is(context.AdditionalFile) && context.AdditionalFile.GetText(context.CancellationToken) is { } text)
        {
            foreach ((string complaint, TextSpan span) in SinksFile.ComplaintsAbout(text, context.Compilation))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        BadLine,
                        Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
                        complaint));
            }
        }
    }
}
