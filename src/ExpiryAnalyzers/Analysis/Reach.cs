using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What the text of a method says of its reach.</summary>
[Flags]
internal enum Reach
{
    None = 0,

    /// <summary>It names a member of a client.</summary>
    Client = 1,

    /// <summary>It names one that gives a key a TTL.</summary>
    Expire = 2,

    /// <summary>It names one that answers when a key dies.</summary>
    Instant = 4,

    /// <summary>It names one that takes a lock, or may.</summary>
    Lock = 8,
}

/// <summary>
/// The cheap look at a method before its body is bound: whether its text names a member of a client, or whether it hands a time to
/// another method of the source that does. One walk over the text of each method, kept for the compilation. Thread-safe.
/// </summary>
internal sealed class ReachFinder(
    Knowledge knowledge, Implementations implementations, SourceGraphs graphs, CancellationToken cancellationToken)
{
    private static readonly Targets NoTargets = new([], Reach.None);

    /// <summary>The names of the source's own methods.</summary>
    private readonly Lazy<HashSet<string>> _declared = new(() => DeclaredIn(knowledge, cancellationToken));

    private readonly ConcurrentDictionary<IMethodSymbol, Reach> _texts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Targets> _targets = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Reach> _reaches = new(SymbolEqualityComparer.Default);

    /// <summary>How far a method of the source reaches towards a client.</summary>
    public Reach Of(IMethodSymbol method) =>
        _reaches.GetOrAdd(method, this, static (key, finder) => finder.Look(key, FlowLimits.MemberLook));

    /// <summary>What the text of a method of the source names.</summary>
    /// <param name="method">The method.</param>
    /// <param name="maxLength">A longer one, in characters, is not looked at.</param>
    public Reach OfText(IMethodSymbol method, int maxLength) =>
        DeclarationOf(method, maxLength) is null ? Reach.None
        : _texts.GetOrAdd(method, this, static (key, finder) => finder.LookAtText(key));

    /// <summary>The one place where a method of the source is written, if that is no longer than so many characters.</summary>
    private SyntaxReference? DeclarationOf(IMethodSymbol method, int maxLength) =>
        method.DeclarationsIn(knowledge.Catalog.Compilation) is [{ } reference] && reference.Span.Length <= maxLength ? reference : null;

    private Reach Look(IMethodSymbol method, int depth)
    {
        Reach reach = OfText(method, FlowLimits.MemberLength);
        if (reach == Reach.None && depth > 0)
        {
            Targets targets = _targets.GetOrAdd(method, this, static (key, finder) => finder.TargetsOf(key));
            reach = targets.Client;
            foreach (IMethodSymbol target in targets.Own)
            {
                reach |= Look(target, depth - 1);
            }
        }

        return reach;
    }

    /// <summary>The methods that a method hands one of its times to, the client's whose names say nothing among them.</summary>
    private Targets TargetsOf(IMethodSymbol method)
    {
        HashSet<string> times = [.. method.Parameters.Where(knowledge.IsForTime).Select(static parameter => parameter.Name)];
        if (times.Count == 0 || DeclarationOf(method, FlowLimits.MemberLength) is not { } reference)
        {
            return NoTargets;
        }

        HashSet<IMethodSymbol> targets = new(SymbolEqualityComparer.Default);
        Reach client = Reach.None;
        foreach (SyntaxNode node in reference.GetSyntax(cancellationToken).DescendantNodes())
        {
            // What is made of a time is handed on for it: var life = ttl ?? Default.
            if (NameMadeOf(node, times) is { } made)
            {
                times.Add(made);
            }

            if (node is not InvocationExpressionSyntax call || !Names(call.ArgumentList, times) || !MayLead(call.Expression) ||
                graphs.TargetOf(call) is not { } target)
            {
                continue;
            }

            if (knowledge.Catalog.Find(target) is not null)
            {
                client = Reach.Client;
            }
            else if (implementations.Of(target) is { } known)
            {
                targets.Add(known);
            }
        }

        return new([.. targets], client);
    }

    /// <summary>The variable that code gives a value which is made of one of some names. What is waited for is no time.</summary>
    private static string? NameMadeOf(SyntaxNode code, HashSet<string> names) => code switch
    {
        VariableDeclaratorSyntax { Initializer.Value: not AwaitExpressionSyntax and var value } made when Names(value, names) =>
            made.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax made, Right: not AwaitExpressionSyntax and var value }
            when Names(value, names) => made.Identifier.ValueText,
        _ => null,
    };

    private static bool Names(SyntaxNode code, HashSet<string> names) => code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Any(name => names.Contains(name.Identifier.ValueText));

    /// <summary>
    /// Whether what is called may be a client's or one of the source: a member of a name that neither has is not even bound.
    /// </summary>
    private bool MayLead(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => IsKnown(access.Name.Identifier.ValueText),
        MemberBindingExpressionSyntax binding => IsKnown(binding.Name.Identifier.ValueText),
        _ => true,
    };

    private bool IsKnown(string name) => knowledge.Catalog.Names.Contains(name) || knowledge.Catalog.CommonNames.Contains(name) ||
        _declared.Value.Contains(name);

    private static HashSet<string> DeclaredIn(Knowledge knowledge, CancellationToken cancellationToken) => new(
        knowledge.Catalog.Compilation.SyntaxTrees.SelectMany(tree =>
            knowledge.Trees.Of(tree, tree => new DeclaredInFile(tree, cancellationToken)).Methods),
        StringComparer.Ordinal);

    private Reach LookAtText(IMethodSymbol method)
    {
        Reach reach = Reach.None;
        foreach (SyntaxToken token in method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken).DescendantTokens())
        {
            reach |= Of(token);
        }

        return reach;
    }

    private Reach Of(SyntaxToken token)
    {
        ApiCatalog catalog = knowledge.Catalog;
        string name = token.ValueText;
        Reach reach = catalog.InstantNames.Contains(name) ? Reach.Client | Reach.Instant : Reach.None;
        if (catalog.Names.Contains(name))
        {
            reach |= Reach.Client;
            return catalog.ExpireNames.Contains(name) ? reach | Reach.Expire
                : catalog.LockNames.Contains(name) ? reach | Reach.Lock
                : reach;
        }

        if (name is "NotExists" or "NX")
        {
            return reach | Reach.Lock;
        }

        // Execute is everybody's name; the command's own is Redis's.
        return token.Value is not string text || !RawCommands.ByName.TryGetValue(text, out RawCommand? command) ||
            !command.MayTakeTime ? reach
            : (command.Effect & Effect.SetExpiry) != 0 ? reach | Reach.Client | Reach.Expire
            : reach | Reach.Client;
    }

    /// <summary>The names of the methods that a file declares.</summary>
    private sealed class DeclaredInFile(SyntaxTree tree, CancellationToken cancellationToken)
    {
        public string[] Methods { get; } =
        [
            .. TypeNodes.Of(tree, cancellationToken)
                .OfType<MethodDeclarationSyntax>()
                .Select(static method => method.Identifier.ValueText)
                .Distinct(),
        ];
    }

    /// <summary>Whom a method hands its times to.</summary>
    /// <param name="Own">Methods of the source.</param>
    /// <param name="Client">Whether there is a member of a client.</param>
    private sealed record Targets(IReadOnlyList<IMethodSymbol> Own, Reach Client);
}
