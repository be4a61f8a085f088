using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Rewrites expressions that yield the clock plus a span into the span: through conversions, branches and the locals that hold the
/// instant, which become locals that hold the span, under a name that says so, or fall away where the span is as short as their name.
/// </summary>
/// <param name="context">What the fix may look at.</param>
/// <param name="edits">Takes the rewritten locals.</param>
/// <param name="allowsNever">Whether <c>TimeSpan.MaxValue</c> means to the sink what <c>DateTime.MaxValue</c> means to it.</param>
internal sealed class SpanRewriter(FixContext context, CheckedEdits edits, bool allowsNever)
{
    private const string Value = nameof(Nullable<int>.Value);

    /// <summary>What a variable that held an instant is called afterwards; the longer name where the other is taken.</summary>
    private const string ShortName = "ttl";
    private const string LongName = "timeToLive";

    /// <summary>Which locals hold the clock as it was read.</summary>
    private readonly Dictionary<ISymbol, bool> _clocks = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, LocalUse> _locals = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, SyntaxToken> _names = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _reads = [];

    /// <summary>A part of a sum of spans.</summary>
    private readonly record struct Term(ExpressionSyntax Span, bool IsMinus = false);

    /// <summary>The places that read a rewritten local and have not been rewritten themselves.</summary>
    public IEnumerable<IdentifierNameSyntax> OpenReads =>
        _locals.Values.SelectMany(local => local.Reads).Where(read => !_reads.Contains(read));

    /// <summary>
    /// Whether the clock was read a while before the place that gets the span: then the span ends later than the instant did.
    /// </summary>
    public bool StartsLater { get; private set; }

    /// <summary>Whether members that keep an instant are looked through: what they were given is written where they are read.</summary>
    public bool FollowsMembers { get; init; }

    /// <summary>The span in place of the instant; null where it cannot be had.</summary>
    public ExpressionSyntax? Convert(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Convert(parenthesized.Expression),
        CastExpressionSyntax cast => ConvertCast(cast),
        ConditionalExpressionSyntax conditional => ConvertConditional(conditional),
        SwitchExpressionSyntax choice => ConvertSwitch(choice),
        ThrowExpressionSyntax => expression,
        LiteralExpressionSyntax literal when IsNone(literal) => expression,
        DefaultExpressionSyntax => Types.IsNullable(TypeOf(expression))
            ? SyntaxFactory.DefaultExpression(Imports.Type(context, Types.TimeSpan, isNullable: true))
            : null,
        _ when IsNever(expression) => allowsNever ? Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.MaxValue)) : null,
        _ => Terms(expression) is { } terms ? Sum(terms) : null,
    };

    /// <summary>How far an expression lies ahead of the clock that it reads: the span, or zero of the clock alone.</summary>
    public ExpressionSyntax? FromNow(ExpressionSyntax expression) => Terms(expression) is not { } terms ? null
        : terms.Count == 0 ? Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.Zero))
        : Sum(terms);

    private static bool IsNone(LiteralExpressionSyntax literal) =>
        literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression;

    private ExpressionSyntax? ConvertConditional(ConditionalExpressionSyntax conditional) =>
        Convert(conditional.WhenTrue) is { } whenTrue && Convert(conditional.WhenFalse) is { } whenFalse
            ? conditional
                .WithWhenTrue(whenTrue.WithTriviaFrom(conditional.WhenTrue))
                .WithWhenFalse(whenFalse.WithTriviaFrom(conditional.WhenFalse))
            : null;

    private ExpressionSyntax? ConvertCast(CastExpressionSyntax cast)
    {
        if (!Types.IsInstant(TypeOf(cast.Type)) || Convert(cast.Expression) is not { } converted)
        {
            return null;
        }

        return Types.IsNullable(TypeOf(cast.Type))
            ? cast
                .WithType(Imports.Type(context, Types.TimeSpan, isNullable: true).WithTriviaFrom(cast.Type))
                .WithExpression(Expressions.Primary(converted))
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
            case CastExpressionSyntax cast when !Types.IsNullable(TypeOf(cast.Type)):
                return Types.IsInstant(TypeOf(cast.Type)) ? Terms(cast.Expression) : null;
            case ConditionalExpressionSyntax or SwitchExpressionSyntax or CastExpressionSyntax:
                return Convert(expression) is { } converted ? [new(converted)] : null;
            case BinaryExpressionSyntax binary when Shapes.IsSum(binary) && Types.IsDuration(TypeOf(binary.Right)):
                return Moved(binary.Left, binary.Right, binary.IsKind(SyntaxKind.SubtractExpression));
            case IdentifierNameSyntax name when LocalUse.Of(name, context) is { } local:
                return OfLocal(name, local);
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } first, ..] }
                when Types.IsInstant(TypeOf(expression)) && Types.IsInstant(TypeOf(first.Expression)):
                return Terms(first.Expression);
            case { } clock when IsClock(clock):
                return [];
            case { } member when FollowsMembers && KeptIn(member) is { } kept:
                return Terms(kept) is { } terms && terms.All(term => IsPlain(term.Span)) ? terms : null;
            case InvocationExpressionSyntax invocation:
                return OfInvocation(invocation);
            case MemberAccessExpressionSyntax access:
                return OfProperty(access);
            default:
                return null;
        }
    }

    private List<Term>? OfProperty(MemberAccessExpressionSyntax access)
    {
        if (!Types.IsInstant(TypeOf(access.Expression)))
        {
            return null;
        }

        return access.Name.Identifier.ValueText switch
        {
            // A null there throws, and must go on doing so.
            Value => Convert(access.Expression) is { } nullable ? [new(Expressions.Dot(Expressions.Primary(nullable), Value))] : null,
            { } property when IsView(property) => Terms(access.Expression),
            _ => null,
        };
    }

    /// <summary>Whether a property gives the same instant in another form.</summary>
    private static bool IsView(string property) =>
        property is nameof(DateTimeOffset.DateTime) or nameof(DateTimeOffset.UtcDateTime) or nameof(DateTimeOffset.LocalDateTime);

    /// <summary>Whether a method gives the same instant in another form.</summary>
    private static bool IsConversion(string method) => method is nameof(DateTime.ToUniversalTime) or nameof(DateTime.ToLocalTime);

    private List<Term>? OfInvocation(InvocationExpressionSyntax invocation)
    {
        if (context.SymbolOf(invocation) is not IMethodSymbol method)
        {
            return null;
        }

        if (method.IsStatic)
        {
            return invocation.ArgumentList.Arguments.FirstOrDefault() is { } first && KeepsInstant(method) ? Terms(first.Expression) : null;
        }

        return Shapes.ReceiverOf(invocation) is { } receiver && Types.IsInstant(method.ContainingType)
            ? OfMove(invocation, method, receiver)
            : null;
    }

    private static bool KeepsInstant(IMethodSymbol method) => Types.IsInstant(method.ReturnType) &&
        method is { Name: nameof(DateTime.SpecifyKind) } or { Name: nameof(TimeZoneInfo.ConvertTimeToUtc), Parameters.Length: 1 };

    private List<Term>? OfMove(InvocationExpressionSyntax invocation, IMethodSymbol method, ExpressionSyntax receiver)
    {
        if (IsConversion(method.Name) || method.Name == nameof(DateTimeOffset.ToOffset))
        {
            return Terms(receiver);
        }

        if (invocation.ArgumentList.Arguments.FirstOrDefault() is not { } first || method.Parameters.IsEmpty)
        {
            return null;
        }

        if (method.Name is nameof(DateTime.Add) or nameof(DateTime.Subtract) && Types.IsDuration(method.Parameters[0].Type))
        {
            return Moved(receiver, first.Expression, method.Name == nameof(DateTime.Subtract));
        }

        return TimeMembers.UnitOfMove(method.Name) is { } unit ? Moved(receiver, Span(invocation, first, unit), isMinus: false) : null;
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
        StartsLater |= !local.Values.All(value => Moments.AreOne(value, name, context));
        if (IsBareClock(local))
        {
            if (local.Statement is { } statement)
            {
                edits.RemoveIfUnread(statement);
            }

            return [];
        }

        if (Inlined(local) is { } inlined)
        {
            return inlined;
        }

        return Holds(local) && _reads.Add(name)
            ? [new(_names.TryGetValue(local.Local, out SyntaxToken other) ? SyntaxFactory.IdentifierName(other) : name)]
            : null;
    }

    /// <summary>
    /// The span of a local that is read once and was given one that says no more than its name: a variable, a plain number of units.
    /// </summary>
    private List<Term>? Inlined(LocalUse local)
    {
        if (local is not { OnlyValue: { } only, Reads.Count: 1, Statement: { } statement } || Layout.CommentsOf(statement).Count > 0)
        {
            return null;
        }

        List<Term>? terms = Types.IsInstant(local.Local.Type) ? Terms(only) : null;
        if (terms is not [{ IsMinus: false } term] || !IsPlain(term.Span))
        {
            return null;
        }

        edits.RemoveIfUnread(statement);
        return terms;
    }

    /// <summary>Whether a span is the same wherever it is written, and cannot fail there.</summary>
    private bool IsPlain(ExpressionSyntax span) => span switch
    {
        IdentifierNameSyntax name => context.SymbolOf(name) is { } symbol && IsSteady(symbol, name),
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax }] } => true,
        _ => false,
    };

    /// <summary>Whether a variable or member has the same value all along.</summary>
    private bool IsSteady(ISymbol symbol, ExpressionSyntax read) => symbol switch
    {
        IFieldSymbol field => field.IsReadOnly || field.IsConst,
        IParameterSymbol or ILocalSymbol => context.OperationOf(read) is { } operation &&
            context.Analysis.BodyAround(operation) is { } body && Repeatable.IsStable(operation, body.Assignments),
        _ => false,
    };

    private bool Holds(LocalUse local)
    {
        if (_locals.ContainsKey(local.Local))
        {
            return true;
        }

        bool isFollowed = !local.IsMoved && !local.IsOpen && local.OutCalls.Count == 0;
        if (!isFollowed || !Types.IsInstant(local.Local.Type) || local.Statement is not { } statement)
        {
            return false;
        }

        _locals[local.Local] = local;
        if (!NameHints.Spans.Includes(NameHint.WordsOf(local.Local.Name).LastOrDefault() ?? ""))
        {
            Rename(local);
        }

        foreach (ExpressionSyntax value in local.Values)
        {
            if (Convert(value) is not { } converted)
            {
                return false;
            }

            Give(local.Local, value, converted);
        }

        if (!statement.Declaration.Type.IsVar)
        {
            edits.Replace(statement.Declaration.Type, Imports.Type(context, Types.TimeSpan, Types.IsNullable(local.Local.Type)));
        }

        return true;
    }

    private void Rename(LocalUse local)
    {
        bool isTaken = NamesInUse.Count(Statements.ScopeOf(local.Declaration), ShortName) > 0;
        SyntaxToken name = edits.NewName(local.Declaration, isTaken ? LongName : ShortName);
        _names[local.Local] = name;
        if (local.Declaration is VariableDeclaratorSyntax { Initializer: null } declarator)
        {
            edits.Replace(declarator, declarator.WithIdentifier(name.WithTriviaFrom(declarator.Identifier)));
        }
    }

    /// <summary>Gives a local the span in place of a value.</summary>
    private void Give(ISymbol local, ExpressionSyntax value, ExpressionSyntax span)
    {
        if (!_names.TryGetValue(local, out SyntaxToken name))
        {
            edits.Replace(value, span);
        }
        else if (value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } initializer)
        {
            edits.Replace(declarator, declarator
                .WithIdentifier(name.WithTriviaFrom(declarator.Identifier))
                .WithInitializer(initializer.WithValue((ExpressionSyntax)Layout.Keep(value, span))));
        }
        else if (value.Parent is AssignmentExpressionSyntax assignment)
        {
            edits.Replace(assignment.Left, SyntaxFactory.IdentifierName(name));
            edits.Replace(value, span);
        }
    }

    /// <summary>What a field or property of this file that is never written again was given.</summary>
    private ExpressionSyntax? KeptIn(ExpressionSyntax member) => context.SymbolOf(member) switch
    {
        IFieldSymbol { IsReadOnly: true, DeclaringSyntaxReferences: [{ } declaration] } => ValueOf(declaration),
        IPropertySymbol { SetMethod: null, DeclaringSyntaxReferences: [{ } declaration] } => ValueOf(declaration),
        _ => null,
    };

    private ExpressionSyntax? ValueOf(SyntaxReference declaration) => declaration.SyntaxTree != context.Root.SyntaxTree ? null
        : declaration.GetSyntax(context.CancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
            PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
            _ => null,
        };

    private bool IsBareClock(LocalUse local)
    {
        if (!_clocks.TryGetValue(local.Local, out bool isClock))
        {
            // One that leads to itself is none.
            _clocks[local.Local] = false;
            _clocks[local.Local] = isClock = Types.IsInstant(local.Local.Type) && local.OnlyValue is { } only && IsReading(only);
        }

        return isClock;
    }

    /// <summary>Whether an expression is the clock, perhaps in another form.</summary>
    private bool IsReading(ExpressionSyntax expression) => IsClock(expression) || expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsReading(parenthesized.Expression),
        MemberAccessExpressionSyntax access when IsView(access.Name.Identifier.ValueText) => IsReading(access.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            when IsConversion(access.Name.Identifier.ValueText) =>
            IsReading(access.Expression),
        IdentifierNameSyntax => LocalUse.Of(expression, context) is { } local && IsBareClock(local),
        _ => false,
    };

    /// <summary>Whether an expression reads a clock, and does nothing else that would be missed.</summary>
    private bool IsClock(ExpressionSyntax expression)
    {
        bool isClock = context.SymbolOf(expression) switch
        {
            IPropertySymbol { Name: nameof(DateTime.Now) or nameof(DateTime.UtcNow) } property => Types.IsInstant(property.Type),
            IMethodSymbol { Name: TimeMembers.GetUtcNow or TimeMembers.GetLocalNow or nameof(DateTime.UtcNow) } method =>
                method.Parameters.IsEmpty && Types.IsInstant(method.ReturnType),
            _ => false,
        };
        ExpressionSyntax reader = expression is InvocationExpressionSyntax invocation ? invocation.Expression : expression;
        return isClock && !reader.DescendantNodesAndSelf().Any(DoesMore);

        static bool DoesMore(SyntaxNode node) =>
            node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax ||
            node is AwaitExpressionSyntax or ConditionalAccessExpressionSyntax;
    }

    private bool IsNever(ExpressionSyntax expression) =>
        context.SymbolOf(expression) is IFieldSymbol { Name: nameof(DateTime.MaxValue) } field && Types.IsInstant(field.Type);

    /// <summary><c>AddMinutes(n)</c> as <c>TimeSpan.FromMinutes(n)</c>, <c>AddTicks(span.Ticks)</c> as the span.</summary>
    private ExpressionSyntax Span(InvocationExpressionSyntax invocation, ArgumentSyntax argument, string unit)
    {
        string total = unit == nameof(TimeSpan.Ticks) ? unit : TimeMembers.Total + unit;
        if (argument.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == total &&
            Types.IsDuration(TypeOf(access.Expression)))
        {
            return access.Expression;
        }

        ArgumentListSyntax number = invocation.ArgumentList.ReplaceNode(argument, argument.WithNameColon(null).WithTriviaFrom(argument));
        return SyntaxFactory.InvocationExpression(Imports.Static(context, Types.TimeSpan, TimeMembers.From + unit), number);
    }

    private static ExpressionSyntax? Sum(List<Term> terms)
    {
        if (terms is not [{ IsMinus: false } first, ..])
        {
            return null;
        }

        return terms.Count == 1
            ? first.Span.WithoutTrivia()
            : terms.Skip(1).Aggregate(Expressions.Operand(first.Span, isFirst: true), static (sum, term) => Expressions.Binary(
                term.IsMinus ? SyntaxKind.SubtractExpression : SyntaxKind.AddExpression,
                sum,
                Expressions.Operand(term.Span, isFirst: false)));
    }

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => context.TypeOf(expression);
}
