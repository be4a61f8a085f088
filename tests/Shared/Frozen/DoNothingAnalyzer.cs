using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Frozen;

/// <summary>
/// The yardstick of all cost figures: an analyzer that asks the driver for what ours asked for when the figures began, and does nothing
/// with it.
/// Nothing here follows the product: figures of different years must speak of the same yardstick.
/// <list type="bullet">
/// <item>No client referenced: nothing is registered.</item>
/// <item>Otherwise a block start with five kinds of operations, and a control flow graph of each block of a body that is of interest: one
/// that calls, sets, makes or converts to a member of a client's assembly, or calls a method of the same source whose text names a member
/// of a client.</item>
/// </list>
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DoNothingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new("NOTHING", "Nothing", "Nothing", "Cost", DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static readonly ImmutableHashSet<string> Clients =
    [
        "StackExchange.Redis", "NRedisStack", "FreeRedis", "CSRedisCore", "RedLockNet.Abstractions", "RedLockNet.SERedis",
        "DistributedLock.Core", "DistributedLock.Redis", "ZiggyCreatures.FusionCache", "Microsoft.Extensions.Caching.Abstractions",
        "Microsoft.Extensions.Caching.Memory",
        "Microsoft.Extensions.Caching.Hybrid", "System.Runtime.Caching",
    ];

    private static readonly ImmutableArray<string> Interfaces =
    [
        "StackExchange.Redis.IDatabase", "StackExchange.Redis.IDatabaseAsync", "Microsoft.Extensions.Caching.Distributed.IDistributedCache",
        "Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions", "Microsoft.Extensions.Caching.Memory.IMemoryCache",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        ImmutableHashSet<ISymbol> clients = context.Compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static assembly => Clients.Contains(assembly.Name))
            .ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (clients.IsEmpty)
        {
            return;
        }

        ImmutableHashSet<string> words = [.. Interfaces.Select(context.Compilation.GetTypeByMetadataName)
            .SelectMany(static type => type?.MemberNames ?? [])];
        ConcurrentDictionary<ISymbol, bool> helpers = new(SymbolEqualityComparer.Default);
        context.RegisterOperationBlockStartAction(start =>
        {
            bool isOfInterest = false;
            start.RegisterOperationAction(
                operation => isOfInterest = isOfInterest || IsOfInterest(operation.Operation, clients, words, helpers),
                OperationKind.Invocation,
                OperationKind.SimpleAssignment,
                OperationKind.Conversion,
                OperationKind.ObjectCreation,
                OperationKind.Binary);
            start.RegisterOperationBlockEndAction(end =>
            {
                foreach (IOperation block in isOfInterest ? end.OperationBlocks : [])
                {
                    end.GetControlFlowGraph(block);
                }
            });
        });
    }

    private static bool IsOfInterest(
        IOperation operation, ImmutableHashSet<ISymbol> clients, ImmutableHashSet<string> words, ConcurrentDictionary<ISymbol,
            bool> helpers) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } =>
            clients.Contains(method.ContainingAssembly) || helpers.GetOrAdd(method.OriginalDefinition, method => NamesOneOf(method, words)),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } =>
            clients.Contains(property.ContainingAssembly),
        IConversionOperation { OperatorMethod: { } conversion } => clients.Contains(conversion.ContainingAssembly),
        IObjectCreationOperation { Constructor: { } constructor } => clients.Contains(constructor.ContainingAssembly),
        _ => false,
    };

    private static bool NamesOneOf(ISymbol method, ImmutableHashSet<string> words) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantTokens()
            .Any(token => words.Contains(token.ValueText)));
}
