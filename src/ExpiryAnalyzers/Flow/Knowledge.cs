using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Flow;

/// <summary>What holds for a whole compilation: the clients' symbols, the facts of the base library, and summaries of the user's own members.</summary>
internal sealed class Knowledge
{
    private readonly INamedTypeSymbol? _timeSpan;

    public Knowledge(ApiCatalog catalog, CancellationToken cancellationToken)
    {
        Catalog = catalog;
        Facts = new(catalog.Compilation);
        Summaries = new(this, cancellationToken);
        QueueSummaries = new(this, cancellationToken);
        _timeSpan = catalog.Compilation.GetTypesByMetadataName("System.TimeSpan").FirstOrDefault();
    }

    public ApiCatalog Catalog { get; }

    public TimeFacts Facts { get; }

    public Summaries Summaries { get; }

    public QueueSummaries QueueSummaries { get; }

    public bool IsTimeSpan(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _timeSpan);

    /// <summary>Whether values of the type are instants.</summary>
    public bool IsInstant(ITypeSymbol? type) => Unwrap(type) is { } bare && (bare.SpecialType == SpecialType.System_DateTime || Facts.IsDateTimeOffset(bare));

    /// <summary>Whether values of the type are durations.</summary>
    public bool IsDuration(ITypeSymbol? type) => IsTimeSpan(Unwrap(type));

    private static ITypeSymbol? Unwrap(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] } ? bare : type;
}
