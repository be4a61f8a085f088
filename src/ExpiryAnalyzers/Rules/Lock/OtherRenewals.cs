using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// Renewals of a lock that stand in other members of the type. Which lock it is cannot be told from there, so that the text alone
/// decides, and what may serve the lock counts.
/// </summary>
internal static class OtherRenewals
{
    /// <summary>Whether another member of the type around a body prolongs, from a loop or a timer, a lock that may be the body's.</summary>
    public static bool MayServe(SyntaxNode body)
    {
        SyntaxNode? type = body.Ancestors().FirstOrDefault(node => node is TypeDeclarationSyntax);
        return type is not null && type.DescendantNodes(node => !ReferenceEquals(node, body)).OfType<SimpleNameSyntax>().Any(name =>
            !body.Span.Contains(name.Span) && name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member &&
            (name.Identifier.ValueText is "LockExtend" or "LockExtendAsync" || IsNamedRenewal(name)) && RenewsForOthers(member, type) && MayServe(body, member, type));
    }

    /// <summary>Whether a name is that of a call which prolongs a lock by way of a service of the user's own.</summary>
    private static bool IsNamedRenewal(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax, Parent: InvocationExpressionSyntax } && LockEpisode.Words(name.Identifier.ValueText).Any(static word => word is "extend" or "renew" or "prolong");

    /// <summary>
    /// Whether the renewal in a method may be that of the body's lock: the body leads to the method, or what starts the method leads to
    /// the body, does so for all of the type, or may be called from outside and takes no lock of its own. Names alone are compared.
    /// </summary>
    private static bool MayServe(SyntaxNode body, MemberDeclarationSyntax renewal, SyntaxNode type)
    {
        if (renewal is not MethodDeclarationSyntax { Identifier.ValueText: var name } || IsVisible(renewal))
        {
            return true;
        }

        ILookup<string, MethodDeclarationSyntax> methods = type.ChildNodes().OfType<MethodDeclarationSyntax>().ToLookup(static method => method.Identifier.ValueText);
        SyntaxNode[] starters = [.. type.ChildNodes().Where(other => other is MemberDeclarationSyntax && other != renewal && !other.Span.Contains(body.Span) && NamesIn(other).Contains(name))];
        string? own = body.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText;
        return Reached(body).Contains(name) || starters.Length == 0 || starters.Any(starter =>
            starter is not MethodDeclarationSyntax method || (own is not null && Reached(starter).Contains(own)) || (IsVisible(method) && !Takes(method) && !Reached(method).SelectMany(called => methods[called]).Any(Takes)));

        HashSet<string> Reached(SyntaxNode from)
        {
            HashSet<string> reached = [];
            Stack<SyntaxNode> open = new([from]);
            while (open.Count > 0)
            {
                foreach (string called in NamesIn(open.Pop()))
                {
                    if (reached.Add(called))
                    {
                        foreach (MethodDeclarationSyntax method in methods[called])
                        {
                            open.Push(method);
                        }
                    }
                }
            }

            return reached;
        }

        IEnumerable<string> NamesIn(SyntaxNode node) => node.DescendantNodes().OfType<SimpleNameSyntax>().Select(static part => part.Identifier.ValueText).Where(methods.Contains);
    }

    private static bool IsVisible(MemberDeclarationSyntax member) => member.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    /// <summary>Whether the text of a member says that it takes a lock.</summary>
    private static bool Takes(SyntaxNode member) => member.DescendantTokens().Any(static token => token.ValueText is "LockTake" or "LockTakeAsync" or "NotExists" || (token.IsKind(SyntaxKind.IdentifierToken) && LockEpisode.Words(token.ValueText).Contains("acquire")));

    /// <summary>Whether a member that prolongs a lock does so again and again, and not a lock that it has taken itself.</summary>
    private static bool RenewsForOthers(MemberDeclarationSyntax member, SyntaxNode type)
    {
        bool isRepeated = member.DescendantNodes().Any(node => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax) ||
            type.DescendantTokens().Any(token => token.ValueText is "Timer" or "PeriodicTimer");
        return isRepeated && !Takes(member);
    }
}
