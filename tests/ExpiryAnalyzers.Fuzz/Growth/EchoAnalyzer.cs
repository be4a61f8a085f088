using System.Collections.Immutable;
using ExpiryAnalyzers.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>
/// The yardstick, which also reports what ours has found. For each diagnostic the driver looks for <c>SuppressMessage</c> on all that is
/// declared around it, and that grows with the square of the local functions or the depth; it is the compiler's cost, whoever reports.
/// </summary>
/// <param name="found">What ours has found.</param>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EchoAnalyzer(ImmutableArray<Diagnostic> found) : DiagnosticAnalyzer
{
    private readonly ILookup<SyntaxTree?, Diagnostic> _found = found.ToLookup(static diagnostic => diagnostic.Location.SourceTree);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        .. new DoNothingAnalyzer().SupportedDiagnostics, .. new ExpiryAnalyzer().SupportedDiagnostics,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        new DoNothingAnalyzer().Initialize(context);
        context.RegisterSemanticModelAction(model =>
        {
            foreach (Diagnostic diagnostic in _found[model.SemanticModel.SyntaxTree])
            {
                model.ReportDiagnostic(Diagnostic.Create(diagnostic.Descriptor, diagnostic.Location));
            }
        });
    }
}
