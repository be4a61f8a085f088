using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>The arguments of a SET, with an expiry behind the value.</summary>
internal static class SetArguments
{
    /// <summary>
    /// Stores the value under a TTL, in the first form that compiles; not for each key of a loop, which would give all the same (EXP403).
    /// </summary>
    public static Fix? WithExpiry(
        ClientCall call,
        ExpressionSyntax expiry,
        FixContext context,
        string key,
        string title,
        bool asks) =>
        !CanExpire(call) || IsRepeated(call.Syntax)
            ? null
            : Forms(call, expiry, context)
                .Select(form => With(call, form, context)?.ToFix(key, title, asks: asks))
                .FirstOrDefault(static fix => fix is not null);

    /// <summary>
    /// With more arguments behind the value, in place of what stood for "no expiry"; those that follow get their names. GETSET, which has
    /// no expiry, becomes the SET that answers the old value.
    /// </summary>
    public static CheckedEdits? With(ClientCall call, IReadOnlyList<ArgumentSyntax> more, FixContext context)
    {
        ArgumentListSyntax list = call.Syntax.ArgumentList;
        int behind = 0;
        for (int i = 0, kept = 0; i < call.Syntax.ArgumentList.Arguments.Count; i++)
        {
            ArgumentSyntax argument = call.Syntax.ArgumentList.Arguments[i];
            if (context.OperationOf(argument) is not IArgumentOperation { Parameter.Name: { } parameter } ||
                parameter == ClientNames.Values)
            {
                return null;
            }

            if (parameter is ClientNames.Expiry or ClientNames.KeepTtl)
            {
                list = Arguments.Without(list, kept);
                continue;
            }

            if (parameter is ClientNames.Key or ClientNames.Value)
            {
                behind = kept + 1;
            }
            else
            {
                ArgumentSyntax old = list.Arguments[kept];
                list = list.ReplaceNode(old, Arguments.Named(old, parameter));
            }

            kept++;
        }

        return behind == 0 || more.Any(added => IsGiven(added, list))
            ? null
            : Edited(call, Arguments.Insert(list, behind, [.. more]), context);
    }

    /// <summary>
    /// Stores the value under a TTL that the place can name. It asks unless the caller hands it in: what a type declares may be for other
    /// keys.
    /// </summary>
    public static Fix? WithScope(ClientCall call, FixContext context) => TtlInScope.At(call.Syntax, context) is { } ttl
        ? WithExpiry(call, Expiry(call, ttl.Expression, context), context, "InScope", $"Pass {ttl.Expression}", asks: !ttl.IsHandedIn)
        : null;

    /// <summary>A span as the call takes it: by itself, or in an object.</summary>
    public static ExpressionSyntax Expiry(
        ClientCall call,
        ExpressionSyntax span,
        FixContext context,
        string property = CacheOptionNames.Relative) => OptionsOf(call) is { } options
            ? Expressions.New(Imports.Type(context, options.ToDisplayString()), [Expressions.Set(property, span)])
            : span;

    /// <summary>Whether the call takes objects of a type in which the expiry is.</summary>
    public static bool TakesAsOptions(ClientCall call, ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(OptionsOf(call), type.WithNullableAnnotation(NullableAnnotation.None));

    /// <summary>The type of the object in which the call takes the expiry; null where it takes that by itself.</summary>
    private static ITypeSymbol? OptionsOf(ClientCall call)
    {
        foreach (IMethodSymbol overload in OverloadsOf(call))
        {
            if (call.Member?.Catalog?.Find(overload)?.Roles.TryGetValue(Role.Options, out IParameterSymbol? options) == true)
            {
                return options.Type.WithNullableAnnotation(NullableAnnotation.None);
            }
        }

        return null;
    }

    /// <summary>Whether the expiry is part of an object.</summary>
    private static bool TakesOptions(ClientCall call) => OptionsOf(call) is not null;

    private static CheckedEdits Edited(ClientCall call, ArgumentListSyntax list, FixContext context)
    {
        CheckedEdits edits = new(context);
        edits.Replace(call.Syntax.ArgumentList, list);
        if (call.Command == ClientNames.StringGetSet)
        {
            string suffix = call.IsAsync ? ClientNames.Async : "";
            edits.Replace(call.Access.Name, SyntaxFactory.IdentifierName(ClientNames.StringSetAndGet + suffix));
        }

        return edits;
    }

    /// <summary>The ways to write an expiry, the plainest first.</summary>
    private static IEnumerable<ArgumentSyntax[]> Forms(ClientCall call, ExpressionSyntax expiry, FixContext context)
    {
        if (TakesOptions(call))
        {
            return [[Arguments.Of(expiry)]];
        }

        // The form that takes a nullable span on newer clients too.
        ArgumentSyntax named = Arguments.Of(expiry, ClientNames.Expiry);
        ArgumentSyntax always = Arguments.Of(Imports.Static(context, ClientNames.StoreCondition, ClientNames.Always), ClientNames.When);
        bool isPlain = call.Syntax.ArgumentList.Arguments is [{ NameColon: null }, { NameColon: null }] &&
            call.Command != ClientNames.StringGetSet;
        return isPlain ? [[Arguments.Of(expiry)], [named], [named, always]] : [[named], [named, always]];
    }

    private static bool IsGiven(ArgumentSyntax added, ArgumentListSyntax list) => added.NameColon is { } name &&
        list.Arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == name.Name.Identifier.ValueText);

    private static bool IsRepeated(SyntaxNode syntax) => syntax.Ancestors()
        .TakeWhile(static node => node is not MemberDeclarationSyntax)
        .Any(static node => Statements.IsLoop(node) || node is QueryExpressionSyntax || IsHandedToRounds(node));

    private static bool IsHandedToRounds(SyntaxNode node) =>
        node is LambdaExpressionSyntax { Parent.Parent.Parent: InvocationExpressionSyntax { Expression: { } method } } &&
            NameHints.Rounds.Fits(method.ToString());

    /// <summary>Whether one command stores the value and its TTL.</summary>
    private static bool CanExpire(ClientCall call) => call.Command == ClientNames.StringGetSet || TakesOptions(call) ||
        (HasParameter(call, ClientNames.Expiry) && HasParameter(call, ClientNames.KeepTtl));

    private static bool HasParameter(ClientCall call, string name) =>
        OverloadsOf(call).Any(overload => overload.Parameters.Any(parameter => parameter.Name == name));

    /// <summary>The methods of a call's name where its own is declared; behind an extension, also those of what it extends.</summary>
    private static IEnumerable<IMethodSymbol> OverloadsOf(ClientCall call)
    {
        IMethodSymbol method = call.Operation.TargetMethod;
        IEnumerable<ISymbol> own = method.ContainingType.GetMembers(call.Name);
        return (method.IsExtensionMethod ? own.Concat(method.Parameters[0].Type.GetMembers(call.Name)) : own).OfType<IMethodSymbol>();
    }
}
