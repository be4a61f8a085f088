using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Rewrites expressions that yield the clock plus a span into the span: through conversions, branches and the locals that hold the
/// instant, which become locals that hold the span.
/// </summary>
/// <param name="context">What the fix may look at.</param>
/// <param name="edits">Takes the rewritten locals.</param>
/// <param name="allowsNever">Whether <c>TimeSpan.MaxValue</c> means to the sink what <c>DateTime.MaxValue</c> means to it.</param>
internal sealed class SpanRewriter(FixContext context, TimeEdits edits, bool allowsNever)
{
    private readonly Dictionary<ISymbol, LocalUse> _locals = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _reads = [];

    /// <summary>A part of a sum of spans.</summary>
    private readonly record struct Term(ExpressionSyntax Span, bool IsMinus = false);

    /// <summary>The places that read a rewritten local and have not been rewritten themselves.</summary>
    public IEnumerable<IdentifierNameSyntax> OpenReads => _locals.Values.SelectMany(local => local.Reads).Where(read => !_reads.Contains(read));

    /// <summary>The span in place of the instant; null where it cannot be had.</summary>
    public ExpressionSyntax? Convert(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Convert(parenthesized.Expression),
        CastExpressionSyntax cast => ConvertCast(cast),
        ConditionalExpressionSyntax conditional => Convert(conditional.WhenTrue) is { } whenTrue && Convert(conditional.WhenFalse) is { } whenFalse
            ? conditional.WithWhenTrue(whenTrue.WithTriviaFrom(conditional.WhenTrue)).WithWhenFalse(whenFalse.WithTriviaFrom(conditional.WhenFalse))
            : null,
        SwitchExpressionSyntax choice => ConvertSwitch(choice),
        ThrowExpressionSyntax => expression,
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression } => expression,
        DefaultExpressionSyntax => IsNullable(TypeOf(expression)) ? SyntaxFactory.DefaultExpression(Type(context, "System.TimeSpan", isNullable: true)) : null,
        _ when IsNever(expression) => allowsNever ? Static(context, "System.TimeSpan", nameof(TimeSpan.MaxValue)) : null,
        _ => Terms(expression) is { } terms ? Sum(terms) : null,
    };

    /// <summary>How far an expression lies ahead of the clock that it reads: the span, or zero of the clock alone.</summary>
    public ExpressionSyntax? FromNow(ExpressionSyntax expression) => Terms(expression) is not { } terms ? null
        : terms.Count == 0 ? Static(context, "System.TimeSpan", nameof(TimeSpan.Zero))
        : Sum(terms);

    private ExpressionSyntax? ConvertCast(CastExpressionSyntax cast)
    {
        if (!IsInstant(TypeOf(cast.Type)) || Convert(cast.Expression) is not { } converted)
        {
            return null;
        }

        return IsNullable(TypeOf(cast.Type))
            ? cast.WithType(Type(context, "System.TimeSpan", isNullable: true).WithTriviaFrom(cast.Type)).WithExpression(Primary(converted))
            : converted;
    }

    private ExpressionSyntax? ConvertSwitch(SwitchExpressionSyntax choice)
    {
        Dictionary<SyntaxNode, ExpressionSyntax> arms = [];
        foreach (SwitchExpressionArmSyntax arm in choice.Arms)
        {
            if (Convert(arm.Expression) is not { } converted)
            {
                return null;
            }

            arms[arm.Expression] = converted.WithTriviaFrom(arm.Expression);
        }

        return choice.ReplaceNodes(arms.Keys, (arm, _) => arms[arm]);
    }

    /// <summary>The spans that are added to the clock; null where the expression is no such sum.</summary>
    private List<Term>? Terms(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Terms(parenthesized.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Terms(suppressed.Operand);
            case CastExpressionSyntax cast when !IsNullable(TypeOf(cast.Type)):
                return IsInstant(TypeOf(cast.Type)) ? Terms(cast.Expression) : null;
            case ConditionalExpressionSyntax or SwitchExpressionSyntax or CastExpressionSyntax:
                return Convert(expression) is { } converted ? [new(converted)] : null;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } binary when IsDuration(TypeOf(binary.Right)):
                return Moved(binary.Left, binary.Right, binary.IsKind(SyntaxKind.SubtractExpression));
            case IdentifierNameSyntax name when LocalUse.Of(name, context) is { } local:
                return OfLocal(name, local);
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } first, ..] } when IsInstant(TypeOf(expression)) && IsInstant(TypeOf(first.Expression)):
                return Terms(first.Expression);
        }

        if (IsClock(expression))
        {
            return [];
        }

        return expression is InvocationExpressionSyntax invocation ? OfInvocation(invocation) : expression is MemberAccessExpressionSyntax access ? OfProperty(access) : null;
    }

    private List<Term>? OfProperty(MemberAccessExpressionSyntax access)
    {
        if (!IsInstant(TypeOf(access.Expression)))
        {
            return null;
        }

        return access.Name.Identifier.ValueText switch
        {
            // A null there throws, and must go on doing so.
            "Value" => Convert(access.Expression) is { } nullable ? [new(Dot(Primary(nullable), "Value"))] : null,
            nameof(DateTimeOffset.DateTime) or nameof(DateTimeOffset.UtcDateTime) or nameof(DateTimeOffset.LocalDateTime) => Terms(access.Expression),
            _ => null,
        };
    }

    private List<Term>? OfInvocation(InvocationExpressionSyntax invocation)
    {
        if (context.Model.GetSymbolInfo(invocation, context.CancellationToken).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        if (method.IsStatic)
        {
            return method is { Name: nameof(DateTime.SpecifyKind) } or { Name: nameof(TimeZoneInfo.ConvertTimeToUtc), Parameters.Length: 1 } && IsInstant(method.ReturnType)
                ? Terms(invocation.ArgumentList.Arguments[0].Expression)
                : null;
        }

        if (Receiver(invocation) is not { } receiver || !IsInstant(method.ContainingType))
        {
            return null;
        }

        return method.Name switch
        {
            nameof(DateTime.ToUniversalTime) or nameof(DateTime.ToLocalTime) or nameof(DateTimeOffset.ToOffset) => Terms(receiver),
            nameof(DateTime.Add) or nameof(DateTime.Subtract) when IsDuration(method.Parameters[0].Type) => Moved(receiver, invocation.ArgumentList.Arguments[0].Expression, method.Name == nameof(DateTime.Subtract)),
            "AddTicks" or "AddMicroseconds" or "AddMilliseconds" or "AddSeconds" or "AddMinutes" or "AddHours" or "AddDays" => Moved(receiver, Span(invocation, method.Name.Substring("Add".Length)), isMinus: false),
            _ => null,
        };
    }

    private List<Term>? Moved(ExpressionSyntax instant, ExpressionSyntax span, bool isMinus)
    {
        List<Term>? terms = Terms(instant);
        terms?.Add(new(span, isMinus));
        return terms;
    }

    /// <summary>A local that holds the clock as read falls away; one that holds the sum will hold the span.</summary>
    private List<Term>? OfLocal(IdentifierNameSyntax name, LocalUse local)
    {
        if (IsBareClock(local))
        {
            if (local.Statement is { } statement)
            {
                edits.RemoveIfUnread(statement);
            }

            return [];
        }

        return Holds(local) && _reads.Add(name) ? [new(name)] : null;
    }

    private bool Holds(LocalUse local)
    {
        if (_locals.ContainsKey(local.Local))
        {
            return true;
        }

        if (!IsInstant(local.Local.Type) || local.Statement is not { } statement || local.IsMoved || local.IsOpen || local.OutCalls.Count > 0)
        {
            return false;
        }

        _locals[local.Local] = local;
        foreach (ExpressionSyntax value in local.Values)
        {
            if (Convert(value) is not { } converted)
            {
                return false;
            }

            edits.Replace(value, converted);
        }

        if (!statement.Declaration.Type.IsVar)
        {
            edits.Replace(statement.Declaration.Type, Type(context, "System.TimeSpan", IsNullable(local.Local.Type)));
        }

        return true;
    }

    private bool IsBareClock(LocalUse local) =>
        local is { Values: [{ } only], IsMoved: false, IsOpen: false, OutCalls.Count: 0 } && IsInstant(local.Local.Type) && IsReading(only);

    /// <summary>Whether an expression is the clock, perhaps in another form.</summary>
    private bool IsReading(ExpressionSyntax expression) => IsClock(expression) || expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsReading(parenthesized.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTimeOffset.DateTime) or nameof(DateTimeOffset.UtcDateTime) or nameof(DateTimeOffset.LocalDateTime) } access => IsReading(access.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.ToUniversalTime) or nameof(DateTime.ToLocalTime) } access } => IsReading(access.Expression),
        IdentifierNameSyntax => LocalUse.Of(expression, context) is { } local && IsBareClock(local),
        _ => false,
    };

    /// <summary>Whether an expression reads a clock, and does nothing else that would be missed.</summary>
    private bool IsClock(ExpressionSyntax expression)
    {
        ISymbol? symbol = context.Model.GetSymbolInfo(expression, context.CancellationToken).Symbol;
        bool isClock = symbol is IPropertySymbol { Name: nameof(DateTime.Now) or nameof(DateTime.UtcNow) } property ? IsInstant(property.Type)
            : symbol is IMethodSymbol { Name: "GetUtcNow" or "GetLocalNow" or nameof(DateTime.UtcNow), Parameters.IsEmpty: true } method && IsInstant(method.ReturnType);
        ExpressionSyntax? reader = expression is InvocationExpressionSyntax invocation ? invocation.Expression : expression;
        return isClock && !reader.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or ConditionalAccessExpressionSyntax);
    }

    private bool IsNever(ExpressionSyntax expression) =>
        context.Model.GetSymbolInfo(expression, context.CancellationToken).Symbol is IFieldSymbol { Name: nameof(DateTime.MaxValue) } field && IsInstant(field.Type);

    /// <summary><c>AddMinutes(n)</c> as <c>TimeSpan.FromMinutes(n)</c>, <c>AddTicks(span.Ticks)</c> as the span.</summary>
    private ExpressionSyntax Span(InvocationExpressionSyntax invocation, string unit)
    {
        string total = unit == "Ticks" ? unit : "Total" + unit;
        ArgumentSyntax argument = invocation.ArgumentList.Arguments[0];
        return argument.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == total && IsDuration(TypeOf(access.Expression))
            ? access.Expression
            : SyntaxFactory.InvocationExpression(Static(context, "System.TimeSpan", "From" + unit), invocation.ArgumentList.ReplaceNode(argument, argument.WithNameColon(null).WithTriviaFrom(argument)));
    }

    private static ExpressionSyntax? Sum(List<Term> terms)
    {
        if (terms is not [{ IsMinus: false } first, ..])
        {
            return null;
        }

        return terms.Count == 1
            ? first.Span.WithoutTrivia()
            : terms.Skip(1).Aggregate(Operand(first.Span, isFirst: true), (sum, term) => Binary(term.IsMinus ? SyntaxKind.SubtractExpression : SyntaxKind.AddExpression, sum, Operand(term.Span, isFirst: false)));
    }

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => context.Model.GetTypeInfo(expression, context.CancellationToken).Type;
}
