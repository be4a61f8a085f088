using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Rewrites the question when a key dies into the question how long it still lives, together with every judgement of the answer:
/// <c>expiry &gt; UtcNow</c> becomes <c>timeToLive &gt; TimeSpan.Zero</c>, <c>expiry - UtcNow</c> becomes <c>timeToLive</c>.
/// </summary>
internal sealed class RemainingTime
{
    /// <summary>What a variable that held the instant is called afterwards.</summary>
    private const string VariableName = "timeToLive";

    private readonly FixContext _context;
    private readonly InvocationExpressionSyntax _question;
    private readonly string _twin;
    private readonly CheckedEdits _edits;
    private readonly SpanRewriter _spans;
    private readonly HashSet<IdentifierNameSyntax> _reads = [];
    private readonly SyntaxNode? _declaration;
    private readonly ISymbol? _variable;
    private readonly SyntaxToken _name;

    /// <summary>Whether one of the judgements still tells something afterwards.</summary>
    private bool _keepsMeaning;

    public RemainingTime(FixContext context, InvocationExpressionSyntax question, string twin)
    {
        _context = context;
        _question = question;
        _twin = twin;
        _edits = new(context);
        _spans = new(context, _edits, allowsNever: false);
        _declaration = DeclarationOf(TaskWaits.Answer(question));
        _variable = _declaration is null ? null : context.Model.GetDeclaredSymbol(_declaration, context.CancellationToken);
        _name = _declaration is null ? default : _edits.NewName(_declaration, VariableName);
    }

    public Fix? Of(ExpressionSyntax judgement)
    {
        bool isInPlace = judgement.Span.Contains(_question.Span) && _variable is null;
        return (isInPlace ? Rewrite(judgement) : RewriteVariable()) && _keepsMeaning && !_spans.OpenReads.Any()
            ? _edits.ToFix("TimeToLive", $"Ask the server for the remaining time with {_twin}")
            : null;
    }

    /// <summary>The declaration of the one variable that holds the answer.</summary>
    private static SyntaxNode? DeclarationOf(ExpressionSyntax answer) => answer.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } =>
            declarator.Parent?.Parent is LocalDeclarationStatementSyntax ? declarator : null,
        IsPatternExpressionSyntax { Pattern: { } pattern } test when test.Expression == answer => DesignationOf(pattern),
        _ => null,
    };

    private static SingleVariableDesignationSyntax? DesignationOf(PatternSyntax pattern) => pattern switch
    {
        UnaryPatternSyntax not => DesignationOf(not.Pattern),
        RecursivePatternSyntax
        {
            Type: null,
            PositionalPatternClause: null,
            PropertyPatternClause.Subpatterns.Count: 0,
            Designation: SingleVariableDesignationSyntax name,
        } => name,
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax name } => name,
        _ => null,
    };

    private bool RewriteVariable()
    {
        if (_variable is null || _declaration is null || Statements.MemberAround(_declaration) is not { } member)
        {
            return false;
        }

        RewriteDeclaration(_declaration);
        return member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .All(read => _reads.Contains(read) || !IsRead(read) || RewriteRead(read));
    }

    private bool RewriteRead(IdentifierNameSyntax read) =>
        Moments.AreOne(_question, read, _context) && (JudgementAround(read) is { } judgement ? Rewrite(judgement) : RenameInNullTest(read));

    private void RewriteDeclaration(SyntaxNode declaration)
    {
        if (declaration is VariableDeclaratorSyntax declarator)
        {
            _edits.Replace(declarator, WithTwin(declarator).WithIdentifier(_name.WithTriviaFrom(declarator.Identifier)));
            if (declarator.Parent is VariableDeclarationSyntax { Type: { IsVar: false } type })
            {
                _edits.Replace(type, Imports.Type(_context, Types.TimeSpan, type is NullableTypeSyntax));
            }
        }
        else if (declaration is SingleVariableDesignationSyntax designation)
        {
            _edits.Replace(_question, WithTwin(_question));
            _edits.Replace(designation, designation.WithIdentifier(_name.WithTriviaFrom(designation.Identifier)));
            if (designation.Parent is DeclarationPatternSyntax { Type: { IsVar: false } type })
            {
                _edits.Replace(type, Imports.Type(_context, Types.TimeSpan));
            }
        }
    }

    private bool IsRead(IdentifierNameSyntax name) => _variable is not null && Statements.Names(name, _variable, _context);

    /// <summary>The comparison or difference that a read is a side of.</summary>
    private static ExpressionSyntax? JudgementAround(ExpressionSyntax read) => TaskWaits.Answer(read).Parent switch
    {
        BinaryExpressionSyntax binary when Shapes.IsComparison(binary) || binary.IsKind(SyntaxKind.SubtractExpression) => binary,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
            when IsJudgement(access.Name.Identifier.ValueText) => call,
        _ => null,
    };

    private static bool IsJudgement(string method) => method is nameof(DateTime.CompareTo) or nameof(DateTime.Subtract);

    private bool RenameInNullTest(IdentifierNameSyntax read)
    {
        bool isTest = read.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(Nullable<int>.HasValue) } => true,
            IsPatternExpressionSyntax test => IsNullTest(test.Pattern),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } binary =>
                binary.Right.IsKind(SyntaxKind.NullLiteralExpression),
            _ => false,
        };
        if (isTest)
        {
            _edits.Replace(read, SyntaxFactory.IdentifierName(_name));
        }

        return isTest;
    }

    /// <summary>Whether a pattern asks whether there is a value, and for nothing in it.</summary>
    private static bool IsNullTest(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => constant.Expression.IsKind(SyntaxKind.NullLiteralExpression),
        UnaryPatternSyntax { Pattern: ConstantPatternSyntax constant } => constant.Expression.IsKind(SyntaxKind.NullLiteralExpression),
        UnaryPatternSyntax { Pattern: RecursivePatternSyntax { Designation: null } } => true,
        RecursivePatternSyntax { Designation: null, PropertyPatternClause.Subpatterns.Count: 0 } => true,
        _ => false,
    };

    private bool Rewrite(ExpressionSyntax judgement) => judgement switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference =>
            RewriteDifference(difference, difference.Left, difference.Right),
        BinaryExpressionSyntax comparison =>
            RewriteComparison(comparison.Left, comparison.Right, AsksForLess(comparison)) ||
            RewriteComparison(comparison.Right, comparison.Left, AsksForMore(comparison)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [{ } only] } call =>
            RewriteCall(call, access, only.Expression),
        _ => false,
    };

    private bool RewriteCall(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, ExpressionSyntax other) =>
        access.Name.Identifier.ValueText switch
        {
            nameof(DateTime.Subtract) => RewriteDifference(call, access.Expression, other),
            nameof(DateTime.CompareTo) =>
                RewriteComparison(access.Expression, other, AsksForLess(Shapes.Outermost(call).Parent as BinaryExpressionSyntax)),
            _ => false,
        };

    private static bool AsksForLess(BinaryExpressionSyntax? comparison) =>
        comparison?.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression;

    private static bool AsksForMore(BinaryExpressionSyntax comparison) =>
        comparison.Kind() is SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression;

    /// <summary>
    /// Rewrites a comparison. Of a key that is dead by now the server only says that it is gone: no remaining time is less than zero.
    /// </summary>
    private bool RewriteComparison(ExpressionSyntax expiry, ExpressionSyntax clock, bool asksForLess)
    {
        if (Remaining(expiry) is not { } remaining || _spans.FromNow(clock) is not { } span)
        {
            return false;
        }

        _keepsMeaning |= !(asksForLess && IsZero(span));

        _edits.Replace(expiry, remaining);
        _edits.Replace(clock, span);
        return true;
    }

    private bool RewriteDifference(ExpressionSyntax difference, ExpressionSyntax expiry, ExpressionSyntax clock)
    {
        if (Remaining(expiry) is not { } remaining || _spans.FromNow(clock) is not { } span)
        {
            return false;
        }

        remaining = remaining.WithoutTrivia();
        bool isBare = IsZero(span);
        bool isOfPast = isBare && Shapes.Outermost(difference).Parent is BinaryExpressionSyntax outer && AsksForLess(outer) &&
            IsZero(outer.Right);
        _keepsMeaning |= !isOfPast;
        ExpressionSyntax replaced = isBare && remaining is not AwaitExpressionSyntax ? Shapes.Outermost(difference) : difference;
        ExpressionSyntax left = isBare
            ? remaining
            : Expressions.Binary(SyntaxKind.SubtractExpression, remaining, Expressions.Operand(span, isFirst: false));
        _edits.Replace(replaced, left);
        return true;
    }

    private static bool IsZero(ExpressionSyntax span) =>
        span is MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(TimeSpan.Zero) };

    /// <summary>The remaining time in place of an expression that yields the instant.</summary>
    private ExpressionSyntax? Remaining(ExpressionSyntax expiry)
    {
        while (expiry is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } &&
            IsConversion(access.Name.Identifier.ValueText))
        {
            expiry = access.Expression;
        }

        if (_variable is null)
        {
            return TaskWaits.Answer(_question) == expiry ? WithTwin(expiry) : null;
        }

        IdentifierNameSyntax? read = expiry.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(IsRead);
        return read is not null && TaskWaits.Answer(read) == expiry && _reads.Add(read)
            ? expiry.ReplaceNode(read, SyntaxFactory.IdentifierName(_name).WithTriviaFrom(read))
            : null;
    }

    private static bool IsConversion(string method) => method is nameof(DateTime.ToUniversalTime) or nameof(DateTime.ToLocalTime);

    /// <summary>The same with the question's method replaced by its twin.</summary>
    private T WithTwin<T>(T node)
        where T : SyntaxNode
    {
        if (Shapes.NameOf(_question.Expression) is not { } name)
        {
            return node;
        }

        string twin = ClientNames.IsAsync(name.Identifier.ValueText) ? _twin + ClientNames.Async : _twin;
        return node.ReplaceNode(name, SyntaxFactory.IdentifierName(twin).WithTriviaFrom(name));
    }
}
