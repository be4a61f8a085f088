using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Finds the expressions that give a value its kind, along the way that the value takes to the sink, and rewrites them so that
/// they give Utc: <c>Now</c> becomes <c>UtcNow</c>, a constructor gets a kind.
/// </summary>
internal sealed class UtcSources(FixContext context, TimeEdits edits)
{
    private readonly Dictionary<SyntaxNode, string> _titles = [];
    private readonly HashSet<ISymbol> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>What the rewrite of a source does; null where it was not rewritten.</summary>
    public string? TitleOf(SyntaxNode source) => _titles.Where(entry => entry.Key.Span == source.Span).Select(entry => entry.Value).FirstOrDefault();

    /// <summary>Whether a local day is cut off from the source: rewritten, the day turns at another moment.</summary>
    public bool IsLocalDay { get; private set; }

    /// <summary>Rewrites the sources that an expression's value may come from.</summary>
    /// <param name="expression">An expression on the way to the sink.</param>
    /// <param name="whole">The sink's expression; a local that anything else reads stays as it is.</param>
    /// <param name="isDay">Whether only the day of the value arrives.</param>
    public void Rewrite(ExpressionSyntax expression, ExpressionSyntax whole, bool isDay = false)
    {
        if (RewriteSource(expression, isDay))
        {
            return;
        }

        switch (expression)
        {
            case IdentifierNameSyntax name when LocalUse.Of(name, context) is { IsOpen: false } local && _locals.Add(local.Local):
                RewriteLocal(local, whole, isDay);
                break;
            case ConditionalAccessExpressionSyntax access:
                Rewrite(access.WhenNotNull, whole, isDay);
                break;
            default:
                foreach (ExpressionSyntax inner in OnTheWay(expression))
                {
                    Rewrite(inner, whole, isDay || Name(expression)?.Identifier.ValueText == nameof(DateTime.Date));
                }

                break;
        }
    }

    /// <summary>The parts of an expression whose kind it takes over.</summary>
    private IEnumerable<ExpressionSyntax> OnTheWay(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => [parenthesized.Expression],
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => [suppressed.Operand],
        CastExpressionSyntax cast => [cast.Expression],
        ConditionalExpressionSyntax conditional => [conditional.WhenTrue, conditional.WhenFalse],
        SwitchExpressionSyntax choice => choice.Arms.Select(arm => arm.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => [coalesce.Left, coalesce.Right],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum => [sum.Left],
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.Date) or "Value" } access when IsInstant(TypeOf(access.Expression)) => [access.Expression],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method } access } when IsMove(method) && IsInstant(TypeOf(access.Expression)) => [access.Expression],
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } only] } creation when IsInstant(TypeOf(creation)) && IsInstant(TypeOf(only.Expression)) => [only.Expression],
        _ => [],
    };

    private static bool IsMove(string method) => method.StartsWith("Add", StringComparison.Ordinal) || method is nameof(DateTime.Subtract) or "GetValueOrDefault";

    private void RewriteLocal(LocalUse local, ExpressionSyntax whole, bool isDay)
    {
        if (local.Reads.Any(read => !whole.Span.Contains(read.Span) && !local.Values.Any(value => value.Span.Contains(read.Span))))
        {
            return;
        }

        foreach (ExpressionSyntax value in local.Values.Concat(local.OutCalls))
        {
            Rewrite(value, whole, isDay);
        }
    }

    private bool RewriteSource(ExpressionSyntax expression, bool isDay) => expression switch
    {
        MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or SimpleNameSyntax => RewriteProperty(expression, isDay),
        BaseObjectCreationExpressionSyntax creation => RewriteConstructor(creation),
        InvocationExpressionSyntax invocation => RewriteCall(invocation),
        _ => false,
    };

    private bool RewriteProperty(ExpressionSyntax expression, bool isDay)
    {
        if (Name(expression) is not { } name || context.Model.GetSymbolInfo(expression, context.CancellationToken).Symbol is not IPropertySymbol { ContainingType: { } type } property ||
            !IsInstant(type) || !IsInstant(property.Type) || property.Type.SpecialType != SpecialType.System_DateTime)
        {
            return false;
        }

        switch (property.Name)
        {
            case nameof(DateTime.Now):
                IsLocalDay |= isDay;
                return Done(expression, name, SyntaxFactory.IdentifierName(nameof(DateTime.UtcNow)), isDay ? "Use DateTime.UtcNow; the day then turns at UTC midnight" : "Use DateTime.UtcNow");
            case nameof(DateTime.Today):
                IsLocalDay = true;
                return Done(expression, expression, Dot(With(expression, nameof(DateTime.UtcNow)), nameof(DateTime.Date)), "Use DateTime.UtcNow.Date; the day then turns at UTC midnight");
            case nameof(DateTimeOffset.DateTime) or nameof(DateTimeOffset.LocalDateTime):
                return Done(expression, name, SyntaxFactory.IdentifierName(nameof(DateTimeOffset.UtcDateTime)), isDay ? "Use UtcDateTime; the day then turns at UTC midnight" : "Use UtcDateTime, which keeps the instant");
            case nameof(DateTimeOffset.Date) when type.SpecialType != SpecialType.System_DateTime:
                return Done(expression, expression, Dot(With(expression, nameof(DateTimeOffset.UtcDateTime)), nameof(DateTime.Date)), "Use UtcDateTime.Date; the day then turns at UTC midnight");
            default:
                return false;
        }
    }

    private bool RewriteConstructor(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ArgumentList is not { Arguments.Count: > 0 } list || context.Model.GetSymbolInfo(creation, context.CancellationToken).Symbol is not IMethodSymbol { ContainingType.SpecialType: SpecialType.System_DateTime } constructor ||
            constructor.Parameters.Any(parameter => parameter.Type.Name == nameof(DateTimeKind)))
        {
            return false;
        }

        // Parts of another time are in that time's zone.
        return KindOfParts(list) is TimeKind.None or TimeKind.Utc &&
            Done(creation, creation, creation.WithArgumentList(ConstructorArguments.WithUtc(list, constructor, context)), "Pass DateTimeKind.Utc");
    }

    private bool RewriteCall(InvocationExpressionSyntax invocation)
    {
        if (context.Model.GetSymbolInfo(invocation, context.CancellationToken).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        if (method is { Name: nameof(DateTime.ToLocalTime), ContainingType.SpecialType: SpecialType.System_DateTime } && Name(invocation.Expression) is { } name)
        {
            // ToLocalTime reads what has no kind as UTC, ToUniversalTime as local: only with a known kind do they start from the same instant.
            return Receiver(invocation) is { } receiver && KindOf(receiver) is TimeKind.Utc or TimeKind.Local &&
                Done(invocation, name, SyntaxFactory.IdentifierName(nameof(DateTime.ToUniversalTime)), "Use ToUniversalTime()");
        }

        if (method is { Name: "ToDateTime", ContainingType.Name: "DateOnly" } && !method.Parameters.Any(parameter => parameter.Type.Name == nameof(DateTimeKind)))
        {
            return Done(invocation, invocation.ArgumentList, ConstructorArguments.WithUtc(invocation.ArgumentList, method, context), "Pass DateTimeKind.Utc");
        }

        return method is { IsStatic: true, ContainingType.SpecialType: SpecialType.System_DateTime, Name: "Parse" or "ParseExact" or "TryParse" or "TryParseExact" } &&
            ParseArguments.ToUtc(invocation.ArgumentList, method, context) is { } arguments &&
            Done(invocation, invocation.ArgumentList, arguments.List, arguments.Title);
    }

    private bool Done(SyntaxNode source, SyntaxNode replaced, SyntaxNode replacement, string title)
    {
        edits.Replace(replaced, replacement);
        _titles[source] = title;
        return true;
    }

    private static ExpressionSyntax With(ExpressionSyntax expression, string name) => expression switch
    {
        MemberAccessExpressionSyntax access => access.WithName(SyntaxFactory.IdentifierName(name)).WithoutTrailingTrivia(),
        MemberBindingExpressionSyntax binding => binding.WithName(SyntaxFactory.IdentifierName(name)).WithoutTrailingTrivia(),
        _ => SyntaxFactory.IdentifierName(name),
    };

    /// <summary>The kinds of the times that the arguments take their numbers from; none where they take them from none.</summary>
    public TimeKind KindOfParts(SyntaxNode arguments)
    {
        TimeKind kind = TimeKind.None;
        foreach (ExpressionSyntax part in arguments.DescendantNodes(node => node is not ExpressionSyntax expression || !IsInstant(TypeOf(expression))).OfType<ExpressionSyntax>())
        {
            if (IsInstant(TypeOf(part)) && context.Model.GetSymbolInfo(part, context.CancellationToken).Symbol is not INamedTypeSymbol)
            {
                kind |= KindOf(part);
            }
        }

        return kind;
    }

    private TimeKind KindOf(ExpressionSyntax expression) => Evaluation.KindOf(expression, context);

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => context.Model.GetTypeInfo(expression, context.CancellationToken).Type;
}
