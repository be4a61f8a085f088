using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Finds the expressions that give a value its kind, along the way that the value takes to the sink, and rewrites them so that
/// they give Utc: <c>Now</c> becomes <c>UtcNow</c>, a constructor gets a kind.
/// </summary>
internal sealed class UtcSources(FixContext context, CheckedEdits edits)
{
    private const string DayTurns = "; the day then turns at UTC midnight";
    private const string PassKind = "Pass DateTimeKind.Utc";

    private readonly Dictionary<SyntaxNode, string> _titles = [];
    private readonly HashSet<ISymbol> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>What the rewrite of a source does; null where it was not rewritten.</summary>
    public string? TitleOf(SyntaxNode source) =>
        _titles.Where(entry => entry.Key.Span == source.Span).Select(entry => entry.Value).FirstOrDefault();

    /// <summary>Whether the calendar cuts a day off a source, or moves it by months: rewritten, the day turns at another moment.</summary>
    public bool TurnsDay { get; private set; }

    /// <summary>Whether that day is one of this machine's zone.</summary>
    public bool IsLocalDay { get; private set; }

    /// <summary>Whether the rewritten sources say of a time that it is UTC, which nothing in the code says.</summary>
    public bool TakesReading { get; private set; }

    /// <summary>Rewrites the sources that an expression's value may come from.</summary>
    /// <param name="expression">An expression on the way to the sink.</param>
    /// <param name="whole">The sink's expression; a local that anything else reads stays as it is.</param>
    /// <param name="isDay">Whether only the day of the value arrives.</param>
    public void Rewrite(ExpressionSyntax expression, ExpressionSyntax whole, bool isDay = false)
    {
        // What is UTC already stays as it is.
        bool isUtc = Types.IsInstant(TypeOf(expression)) && KindOf(expression) == TimeKind.Utc;
        if (isUtc || RewriteSource(expression, isDay))
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
                ExpressionSyntax member = expression is InvocationExpressionSyntax call ? call.Expression : expression;
                bool isByCalendar = Shapes.NameOf(member)?.Identifier.ValueText
                    is nameof(DateTime.Date) or nameof(DateTime.AddMonths) or nameof(DateTime.AddYears);
                foreach (ExpressionSyntax inner in OnTheWay(expression))
                {
                    Rewrite(inner, whole, isDay || isByCalendar);
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
        BinaryExpressionSyntax sum when Shapes.IsSum(sum) => [sum.Left],
        MemberAccessExpressionSyntax access when IsView(access.Name.Identifier.ValueText) && Types.IsInstant(TypeOf(access.Expression)) =>
            [access.Expression],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            when MovesOrCounts(access.Name.Identifier.ValueText) && Types.IsInstant(TypeOf(access.Expression)) => [access.Expression],
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } only] } creation
            when Types.IsInstant(TypeOf(creation)) && Types.IsInstant(TypeOf(only.Expression)) => [only.Expression],
        _ => [],
    };

    private static bool IsView(string property) => property is nameof(DateTime.Date) or nameof(Nullable<int>.Value);

    private static bool MovesOrCounts(string method) => IsMove(method) || NumberReading.IsEpochNumber(method);

    private static bool IsMove(string method) =>
        TimeMembers.StartsWith(method, TimeMembers.Add) || method is nameof(DateTime.Subtract) or nameof(Nullable<int>.GetValueOrDefault);

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
        InvocationExpressionSyntax invocation => RewriteCall(invocation, isDay),
        _ => false,
    };

    private bool RewriteProperty(ExpressionSyntax expression, bool isDay)
    {
        if (Shapes.NameOf(expression) is not { } name ||
            context.SymbolOf(expression) is not IPropertySymbol { ContainingType: { } type } property ||
            !Types.IsInstant(type) || property.Type.SpecialType != SpecialType.System_DateTime)
        {
            return false;
        }

        switch (property.Name)
        {
            case nameof(DateTime.Now):
                TurnsDay |= isDay;
                IsLocalDay |= isDay;
                const string useUtcNow = "Use DateTime.UtcNow";
                IdentifierNameSyntax utcNow = SyntaxFactory.IdentifierName(nameof(DateTime.UtcNow));
                return Done(expression, name, utcNow, isDay ? useUtcNow + DayTurns : useUtcNow);
            case nameof(DateTime.Today):
                TurnsDay = true;
                IsLocalDay = true;
                return Done(expression, expression, DayOf(expression, nameof(DateTime.UtcNow)), "Use DateTime.UtcNow.Date" + DayTurns);
            case nameof(DateTimeOffset.DateTime) or nameof(DateTimeOffset.LocalDateTime):
                TurnsDay |= isDay;
                IsLocalDay |= isDay && property.Name == nameof(DateTimeOffset.LocalDateTime);
                string title = isDay ? "Use UtcDateTime" + DayTurns : "Use UtcDateTime, which keeps the instant";
                return Done(expression, name, SyntaxFactory.IdentifierName(nameof(DateTimeOffset.UtcDateTime)), title);
            case nameof(DateTimeOffset.Date) when type.SpecialType != SpecialType.System_DateTime:
                TurnsDay = true;
                return Done(
                    expression,
                    expression,
                    DayOf(expression, nameof(DateTimeOffset.UtcDateTime)),
                    "Use UtcDateTime.Date" + DayTurns);
            default:
                return false;
        }
    }

    private bool RewriteConstructor(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ArgumentList is not { Arguments.Count: > 0 } list ||
            context.SymbolOf(creation) is not IMethodSymbol { ContainingType.SpecialType: SpecialType.System_DateTime } constructor ||
            TakesKind(constructor))
        {
            return false;
        }

        // Parts of another time are in that time's zone.
        TimeKind kind = KindOfParts(list);
        TakesReading |= kind != TimeKind.Utc;
        return kind is TimeKind.None or TimeKind.Utc &&
            Done(creation, creation, creation.WithArgumentList(ConstructorArguments.WithUtc(list, constructor, context)), PassKind);
    }

    private static bool TakesKind(IMethodSymbol method) =>
        method.Parameters.Any(static parameter => Types.Is(parameter.Type, Types.DateTimeKind));

    private bool RewriteCall(InvocationExpressionSyntax invocation, bool isDay)
    {
        if (context.SymbolOf(invocation) is not IMethodSymbol method)
        {
            return false;
        }

        if (method is { Name: nameof(DateTime.ToLocalTime), ContainingType.SpecialType: SpecialType.System_DateTime })
        {
            return RewriteToLocal(invocation, isDay);
        }

        if (method.Name == TimeMembers.ToDateTime && Types.Is(method.ContainingType, Types.DateOnly) && !TakesKind(method))
        {
            TakesReading = true;
            return Done(
                invocation,
                invocation.ArgumentList,
                ConstructorArguments.WithUtc(invocation.ArgumentList, method, context),
                PassKind);
        }

        if (method is not { IsStatic: true, ContainingType.SpecialType: SpecialType.System_DateTime } || !Parses(method.Name) ||
            ParseArguments.ToUtc(invocation.ArgumentList, method, context) is not { } arguments)
        {
            return false;
        }

        TakesReading |= arguments.TakesReading;
        return Done(invocation, invocation.ArgumentList, arguments.List, arguments.Title);
    }

    /// <summary>
    /// ToLocalTime reads what has no kind as UTC, ToUniversalTime as local: they only start from the same instant if it has one.
    /// </summary>
    private bool RewriteToLocal(InvocationExpressionSyntax invocation, bool isDay)
    {
        if (Shapes.NameOf(invocation.Expression) is not { } name || Shapes.ReceiverOf(invocation) is not { } receiver)
        {
            return false;
        }

        TimeKind kind = KindOf(receiver);
        if (kind is not (TimeKind.Utc or TimeKind.Local))
        {
            return false;
        }

        TurnsDay |= isDay;
        IsLocalDay |= isDay;
        string turns = isDay ? DayTurns : "";
        return kind == TimeKind.Utc && invocation.Expression is MemberAccessExpressionSyntax
            ? Done(invocation, invocation, receiver, "Leave out ToLocalTime()" + turns)
            : Done(invocation, name, SyntaxFactory.IdentifierName(nameof(DateTime.ToUniversalTime)), "Use ToUniversalTime()" + turns);
    }

    private static bool Parses(string method) =>
        method is nameof(DateTime.Parse) or nameof(DateTime.ParseExact) or nameof(DateTime.TryParse) or nameof(DateTime.TryParseExact);

    private bool Done(SyntaxNode source, SyntaxNode replaced, SyntaxNode replacement, string title)
    {
        edits.Replace(replaced, replacement);
        _titles[source] = title;
        return true;
    }

    /// <summary>The day of another property of the same value.</summary>
    private static ExpressionSyntax DayOf(ExpressionSyntax property, string other) =>
        Expressions.Dot(With(property, other), nameof(DateTime.Date));

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
        foreach (ExpressionSyntax part in arguments.DescendantNodes(node => !IsTime(node)).OfType<ExpressionSyntax>())
        {
            if (Types.IsInstant(TypeOf(part)) && context.SymbolOf(part) is not INamedTypeSymbol)
            {
                kind |= KindOf(part);
            }
        }

        return kind;
    }

    private bool IsTime(SyntaxNode node) => node is ExpressionSyntax expression && Types.IsInstant(TypeOf(expression));

    private TimeKind KindOf(ExpressionSyntax expression) => Evaluation.KindOf(expression, context);

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => context.TypeOf(expression);
}
