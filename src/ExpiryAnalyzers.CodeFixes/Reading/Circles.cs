using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// Whether a call that a repair writes leads back to the member that it stands in, directly or through what the called member calls in
/// the source: the repaired program would never return.
/// </summary>
internal static class Circles
{
    /// <summary>How many members are looked into; where more are called, a circle is taken for possible.</summary>
    private const int MaxMembers = 256;

    /// <summary>
    /// Whether a place calls a member that leads back to the member around it, and that it did not call before: recursion that the author
    /// wrote is none of the repair's.
    /// </summary>
    /// <param name="after">Nodes of the repaired program.</param>
    /// <param name="model">The repaired program.</param>
    /// <param name="before">The nodes of the program as it was.</param>
    /// <param name="old">The program as it was.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static bool AreMadeBy(
        IEnumerable<SyntaxNode> after,
        SemanticModel model,
        IEnumerable<SyntaxNode> before,
        SemanticModel old,
        CancellationToken cancellationToken)
    {
        HashSet<string>? known = null;
        foreach ((SyntaxNode place, ISymbol called) in after.SelectMany(node => CallsAround(node, model, cancellationToken)))
        {
            known ??= [.. before.SelectMany(node => CallsAround(node, old, cancellationToken)).Select(static call => NameOf(call.Called))];
            if (!known.Contains(NameOf(called)) && LeadBack(called, place, model, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member, called at a place, may run the member around that place.</summary>
    private static bool LeadBack(ISymbol called, SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        HashSet<ISymbol> around = new(MembersAround(place, model, cancellationToken), SymbolEqualityComparer.Default);
        HashSet<ISymbol> visited = new(SymbolEqualityComparer.Default) { called };
        Queue<ISymbol> open = new([called]);
        while (open.Count > 0)
        {
            ISymbol member = open.Dequeue();
            if (around.Any(own => MayRun(member, own)) || visited.Count > MaxMembers)
            {
                return true;
            }

            foreach (ISymbol next in RunBy(member, model.Compilation, cancellationToken))
            {
                if (visited.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return false;
    }

    /// <summary>What the expression around a node calls: members of the source, and those that the source may implement.</summary>
    private static IEnumerable<(SyntaxNode Place, ISymbol Called)> CallsAround(
        SyntaxNode node,
        SemanticModel model,
        CancellationToken cancellationToken)
    {
        SyntaxNode whole = node.AncestorsAndSelf()
            .TakeWhile(static outer => outer is not (StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax))
            .LastOrDefault() ?? node;
        return CallsIn(whole, model, cancellationToken);
    }

    private static IEnumerable<(SyntaxNode Place, ISymbol Called)> CallsIn(
        SyntaxNode node,
        SemanticModel model,
        CancellationToken cancellationToken)
    {
        foreach (SyntaxNode part in node.DescendantNodesAndSelf())
        {
            bool mayCall = part is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax;
            ISymbol? symbol = mayCall ? model.GetSymbolInfo(part, cancellationToken).Symbol?.OriginalDefinition : null;
            if (symbol is IMethodSymbol or IPropertySymbol && (!symbol.DeclaringSyntaxReferences.IsEmpty || IsOpen(symbol)))
            {
                yield return (part, symbol);
            }
        }
    }

    /// <summary>The member around a place, and the functions in it that the place stands in.</summary>
    private static IEnumerable<ISymbol> MembersAround(SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        ISymbol? symbol = model.GetEnclosingSymbol(place.SpanStart, cancellationToken);
        for (; symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol; symbol = symbol.ContainingSymbol)
        {
            yield return symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol;
        }
    }

    /// <summary>What may run where a member is called: what it calls itself, and what overrides or implements it.</summary>
    private static IEnumerable<ISymbol> RunBy(ISymbol member, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference declaration in member.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            {
                SyntaxNode node = declaration.GetSyntax(cancellationToken);
                foreach ((_, ISymbol called) in CallsIn(node, compilation.GetSemanticModel(node.SyntaxTree), cancellationToken))
                {
                    yield return called;
                }
            }
        }

        if (IsOpen(member) && !member.DeclaringSyntaxReferences.IsEmpty)
        {
            foreach (ISymbol other in compilation.GetSymbolsWithName(member.Name, SymbolFilter.Member, cancellationToken))
            {
                if (MayRun(member, other))
                {
                    yield return other;
                }
            }
        }
    }

    /// <summary>Whether a call of one member may run another: itself, or what overrides or implements it.</summary>
    private static bool MayRun(ISymbol called, ISymbol member)
    {
        for (ISymbol? current = member; current is not null; current = Overridden(current))
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, called))
            {
                return true;
            }
        }

        return called.ContainingType is { TypeKind: TypeKind.Interface } declaring && member.ContainingType is { } type &&
            type.AllInterfaces.Where(known => SymbolEqualityComparer.Default.Equals(known.OriginalDefinition, declaring))
                .SelectMany(known => known.GetMembers(called.Name))
                .Any(known => SymbolEqualityComparer.Default.Equals(known.OriginalDefinition, called) &&
                    SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(known), member));
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static bool IsOpen(ISymbol member) => member.IsAbstract || member.IsVirtual || member.IsOverride;

    /// <summary>What tells a member of one compilation in another.</summary>
    private static string NameOf(ISymbol member) => member.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
