using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>The arguments of a SET, with an expiry behind the value.</summary>
internal static class SetArguments
{
    /// <summary>Stores the value under a TTL, in the first form that compiles; not for each key of a loop, which would give all the same (EXP403).</summary>
    public static Fix? WithExpiry(ClientCall call, ExpressionSyntax expiry, FixContext context, string key, string title)
    {
        if (!CanExpire(call) || IsRepeated(call.Syntax))
        {
            return null;
        }

        ArgumentSyntax bare = SyntaxFactory.Argument(expiry);
        ArgumentSyntax[][] forms = TakesOptions(call) ? [[bare]]
            : call.Syntax.ArgumentList.Arguments is [{ NameColon: null }, { NameColon: null }] && call.Command != "StringGetSet" ? [[bare], [Named("expiry", expiry)], Conditional(expiry)]
            : [[Named("expiry", expiry)], Conditional(expiry)];
        return forms.Select(form => With(call, form, context)?.ToFix(key, title)).FirstOrDefault(static fix => fix is not null);
    }

    /// <summary>
    /// With more arguments behind the value, in place of what stood for "no expiry"; those that follow get their names. GETSET, which has
    /// no expiry, becomes the SET that answers the old value.
    /// </summary>
    public static TimeEdits? With(ClientCall call, IReadOnlyList<ArgumentSyntax> more, FixContext context)
    {
        ArgumentListSyntax list = call.Syntax.ArgumentList;
        List<ArgumentSyntax> arguments = [];
        int at = 0;
        foreach (ArgumentSyntax argument in list.Arguments)
        {
            if (context.Model.GetOperation(argument, context.CancellationToken) is not IArgumentOperation { Parameter: { } parameter } || parameter.Name == "values")
            {
                return null;
            }

            switch (parameter.Name)
            {
                case "expiry" or "keepTtl":
                    break;
                case "key" or "value":
                    arguments.Add(argument);
                    at = arguments.Count;
                    break;
                default:
                    arguments.Add(argument.NameColon is null ? argument.WithNameColon(Name(parameter.Name)).WithTriviaFrom(argument) : argument);
                    break;
            }
        }

        if (at == 0 || more.Any(added => added.NameColon is { } name && arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == name.Name.Identifier.ValueText)))
        {
            return null;
        }

        TimeEdits edits = new(context);
        edits.Replace(list, list.WithArguments(Insert(arguments, at, more, list)));
        if (call.Command == "StringGetSet")
        {
            edits.Replace(call.Access.Name, SyntaxFactory.IdentifierName(call.IsAsync ? "StringSetAndGetAsync" : "StringSetAndGet"));
        }

        return edits;
    }

    public static ArgumentSyntax Named(string name, ExpressionSyntax value) => SyntaxFactory.Argument(Name(name), default, value);

    private static NameColonSyntax Name(string name) => SyntaxFactory.NameColon(name).WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));

    /// <summary>The form that takes a nullable span on newer clients too.</summary>
    private static ArgumentSyntax[] Conditional(ExpressionSyntax expiry) => [Named("expiry", expiry), Named("when", SyntaxFactory.ParseExpression("When.Always"))];

    private static bool IsRepeated(SyntaxNode syntax) => syntax.Ancestors().TakeWhile(static node => node is not MemberDeclarationSyntax).Any(static node =>
        node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or QueryExpressionSyntax ||
        (node is LambdaExpressionSyntax { Parent.Parent.Parent: InvocationExpressionSyntax { Expression: { } method } } && (method.ToString().Contains("Select") || method.ToString().Contains("ForEach") || method.ToString().Contains("Parallel."))));

    /// <summary>Whether the expiry is part of an object.</summary>
    public static bool TakesOptions(ClientCall call) => HasParameter(call, "options");

    /// <summary>Whether one command stores the value and its TTL.</summary>
    private static bool CanExpire(ClientCall call) => call.Command == "StringGetSet" || TakesOptions(call) || (HasParameter(call, "expiry") && HasParameter(call, "keepTtl"));

    private static bool HasParameter(ClientCall call, string name) => Overloads(call).Any(overload => overload.Parameters.Any(parameter => parameter.Name == name));

    private static IEnumerable<IMethodSymbol> Overloads(ClientCall call) => call.Operation.TargetMethod.ContainingType.GetMembers(call.Name).OfType<IMethodSymbol>();

    /// <summary>The arguments with others among them, each where the layout of the list puts one.</summary>
    private static SeparatedSyntaxList<ArgumentSyntax> Insert(List<ArgumentSyntax> arguments, int at, IReadOnlyList<ArgumentSyntax> more, ArgumentListSyntax list)
    {
        ArgumentSyntax before = arguments[at - 1];
        SyntaxToken comma = list.Arguments.SeparatorCount > 0 ? list.Arguments.GetSeparator(0) : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxTrivia[] behind = [.. comma.TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))];
        comma = comma.WithTrailingTrivia(behind.Length > 0 ? behind : [SyntaxFactory.Space]);
        IEnumerable<SyntaxTrivia> indent = before.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        List<ArgumentSyntax> all = [.. arguments.Take(at - 1), before.WithoutTrailingTrivia(), .. more.Select(argument => argument.WithLeadingTrivia(indent)), .. arguments.Skip(at)];
        int last = at - 1 + more.Count;
        all[last] = all[last].WithTrailingTrivia(before.GetTrailingTrivia());
        return SyntaxFactory.SeparatedList(all, Enumerable.Range(0, all.Count - 1).Select(index => index < at - 1 ? list.Arguments.GetSeparator(index) : index - more.Count is var old && old >= at - 1 && old < list.Arguments.SeparatorCount ? list.Arguments.GetSeparator(old) : comma));
    }
}
