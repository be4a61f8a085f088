using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP406: the lifetime goes to each call that has been given none. In place of another lifetime it asks: which is meant only the
/// author knows. Where callers who leave the parameter out would ask for a TTL of zero, nothing is offered.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LifetimeNotUsedFix))]
internal sealed class LifetimeNotUsedFix() : ExpiryCodeFix("EXP406")
{
    private const string Key = "PassOn";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (SymbolAt(context.Node, context) is not { } symbol)
        {
            return [];
        }

        Fix? fix = context.Has(LifetimeNotUsed.IsMissing) ? PassOn(symbol, context) : InsteadOfOther(symbol, context);
        return fix is null ? [] : [fix];
    }

    /// <summary>The parameter, or the local of the object.</summary>
    private static ISymbol? SymbolAt(SyntaxNode node, FixContext context) =>
        (node as ParameterSyntax ?? (SyntaxNode?)node.FirstAncestorOrSelf<VariableDeclaratorSyntax>()) is { } declaration
            ? context.Model.GetDeclaredSymbol(declaration, context.CancellationToken)
            : null;

    private static Fix? PassOn(ISymbol symbol, FixContext context)
    {
        List<Fix> each = [];
        for (int i = 0; i < context.Diagnostic.AdditionalLocations.Count; i++)
        {
            IOperation? call = context.AdditionalNode(i) is { } node ? context.OperationOf(node) : null;
            if (call is not IInvocationOperation invocation || PassOn(symbol, invocation, context) is not { } fix)
            {
                return null;
            }

            each.Add(fix);
        }

        return each.Aggregate(static (whole, next) =>
            whole with { Touched = [.. whole.Touched, .. next.Touched], Apply = whole.Apply + next.Apply });
    }

    private static Fix? PassOn(ISymbol symbol, IInvocationOperation invocation, FixContext context)
    {
        if (!IsMadeBefore(symbol, invocation) || (symbol is IParameterSymbol parameter && IsZeroWhereLeftOut(parameter)))
        {
            return null;
        }

        string title = $"Pass {symbol.Name} on";
        ExpressionSyntax named = SyntaxFactory.IdentifierName(symbol.Name);
        if (context.Analysis.Find(invocation.TargetMethod) is null)
        {
            return ToHelper(symbol, invocation, named, context)?.ToFix(Key, title);
        }

        if (ClientCall.Of(invocation.Syntax, context) is not { } call || call.Argument(Role.KeepTtl) is not null)
        {
            return null;
        }

        ExpressionSyntax? value = ValueOf(symbol, named, call, context);
        return value is null ? null : SetArguments.WithExpiry(call, value, context, Key, title, asks: false);
    }

    /// <summary>What a call is to be given; null where that is not known.</summary>
    private static ExpressionSyntax? ValueOf(ISymbol symbol, ExpressionSyntax named, ClientCall call, FixContext context)
    {
        ITypeSymbol type = symbol is ILocalSymbol local ? local.Type : ((IParameterSymbol)symbol).Type;
        if (SetArguments.TakesAsOptions(call, type))
        {
            return named;
        }

        TimeUnit unit = Types.IsNullable(type) ? TimeUnit.Unknown : TimeNames.UnitOf(symbol.Name);
        ExpressionSyntax? span = Types.IsDuration(type) ? named
            : Types.IsNumber(type) && unit is >= TimeUnit.Milliseconds and <= TimeUnit.Days
                ? Expressions.Call(Imports.Static(context, Types.TimeSpan, "From" + unit), named)
            : null;
        return span is null ? null
            : SetArguments.Expiry(call, span, context, CacheOptionNames.ForLifetime(symbol.Name));
    }

    /// <summary>The parameter of a helper of the user's own that the call leaves out, and that takes such a lifetime.</summary>
    private static CheckedEdits? ToHelper(ISymbol symbol, IInvocationOperation call, ExpressionSyntax named, FixContext context)
    {
        if (symbol is not IParameterSymbol given || call.Syntax is not InvocationExpressionSyntax { ArgumentList: { } list })
        {
            return null;
        }

        IParameterSymbol[] open = [.. call.Arguments
            .Where(argument => argument.ArgumentKind == ArgumentKind.DefaultValue)
            .Select(static argument => argument.Parameter)
            .OfType<IParameterSymbol>()
            .Where(parameter => SymbolEqualityComparer.Default.Equals(Types.Bare(parameter.Type), Types.Bare(given.Type)) &&
                (parameter.Name == given.Name || TimeNames.IsLifetime(parameter.Name)))];
        if ((open.FirstOrDefault(parameter => parameter.Name == given.Name) ?? (open.Length == 1 ? open[0] : null)) is not { } only)
        {
            return null;
        }

        int count = list.Arguments.Count;
        bool isNext = Arguments.IsPositional(list, count) &&
            call.Arguments.Count(static argument => argument.ArgumentKind == ArgumentKind.Explicit) == only.Ordinal;
        CheckedEdits edits = new(context);
        edits.Replace(list, Arguments.Insert(list, count, Arguments.Of(named, isNext ? null : only.Name)));
        return edits;
    }

    /// <summary>Puts the lifetime in the place of another one of its kind, which no caller has handed in.</summary>
    private static Fix? InsteadOfOther(ISymbol symbol, FixContext context)
    {
        if (context.AdditionalNode(0) is not ExpressionSyntax other || symbol is not IParameterSymbol { Type: { } type } parameter ||
            !SymbolEqualityComparer.Default.Equals(Types.Bare(type), Types.Bare(context.TypeOf(other))) || !Types.IsDuration(type))
        {
            return null;
        }

        if (other.DescendantNodesAndSelf().Any(part => IsHandedIn(context.SymbolOf(part))) || IsZeroWhereLeftOut(parameter))
        {
            return null;
        }

        // Callers who give none have been given the other.
        ExpressionSyntax named = SyntaxFactory.IdentifierName(symbol.Name);
        bool mayBeNull = Types.IsNullable(type);
        CheckedEdits edits = new(context);
        edits.Replace(other, mayBeNull
            ? Expressions.Binary(SyntaxKind.CoalesceExpression, named, Expressions.Primary(other.WithoutTrivia()))
            : named);
        string title = mayBeNull ? $"Pass {symbol.Name}, and {other} where it is null" : $"Pass {symbol.Name} instead of {other}";
        return edits.ToFix("Instead", title, asks: true);
    }

    private static bool IsHandedIn(ISymbol? symbol) => symbol is IParameterSymbol parameter && !Body.IsOfPrimaryConstructor(parameter);

    /// <summary>Whether callers who leave a parameter out would ask for a TTL of zero or less, where they now get none.</summary>
    private static bool IsZeroWhereLeftOut(IParameterSymbol parameter) =>
        parameter is { HasExplicitDefaultValue: true, Type: { IsValueType: true } type } && !Types.IsNullable(type) &&
        parameter.ExplicitDefaultValue is null or <= 0 or <= 0L or <= 0d;

    /// <summary>Whether nothing is set of an object behind a call.</summary>
    private static bool IsMadeBefore(ISymbol symbol, IInvocationOperation call) => symbol is not ILocalSymbol local ||
        new Variables(call).ReferencesTo(local).All(reference => reference.Span.End <= call.Syntax.SpanStart);
}

/// <summary>The repairs of EXP406 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LifetimeNotUsedAskingFix))]
internal sealed class LifetimeNotUsedAskingFix() : AskingCodeFix(new LifetimeNotUsedFix());
