using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

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
    private readonly TimeEdits _edits;
    private readonly SpanRewriter _spans;
    private readonly HashSet<IdentifierNameSyntax> _reads = [];
    private readonly SyntaxNode? _declaration;
    private readonly ISymbol? _variable;

    public RemainingTime(FixContext context, InvocationExpressionSyntax question, string twin)
    {
        _context = context;
        _question = question;
        _twin = twin;
        _edits = new(context);
        _spans = new(context, _edits, allowsNever: false);
        _declaration = DeclarationOf(Answer(question));
        _variable = _declaration is null ? null : context.Model.GetDeclaredSymbol(_declaration, context.CancellationToken);
    }

    public Fix? Of(ExpressionSyntax judgement) =>
        (judgement.Span.Contains(_question.Span) && _variable is null ? Rewrite(judgement) : RewriteVariable()) && !_spans.OpenReads.Any()
            ? _edits.ToFix("TimeToLive", $"Ask the server for the remaining time with {_twin}")
            : null;

    /// <summary>The question with what only waits for its answer, unwraps it or names its instant anew.</summary>
    private static ExpressionSyntax Answer(ExpressionSyntax question)
    {
        ExpressionSyntax answer = question;
        while (answer.Parent switch
        {
            ParenthesizedExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => answer.Parent,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" or "Result" } access when access.Expression == answer => access,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult", Parent: InvocationExpressionSyntax call } access when access.Expression == answer => call,
            _ => null,
        } is ExpressionSyntax outer)
        {
            answer = outer;
        }

        return answer;
    }

    /// <summary>The declaration of the one variable that holds the answer.</summary>
    private static SyntaxNode? DeclarationOf(ExpressionSyntax answer) => answer.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator } => declarator,
        IsPatternExpressionSyntax { Pattern: { } pattern } test when test.Expression == answer => DesignationOf(pattern),
        _ => null,
    };

    private static SingleVariableDesignationSyntax? DesignationOf(PatternSyntax pattern) => pattern switch
    {
        UnaryPatternSyntax not => DesignationOf(not.Pattern),
        RecursivePatternSyntax { Type: null, PositionalPatternClause: null, PropertyPatternClause.Subpatterns.Count: 0, Designation: SingleVariableDesignationSyntax name } => name,
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax name } => name,
        _ => null,
    };

    private bool RewriteVariable()
    {
        if (_variable is null || _declaration is null || TimeSyntax.Member(_declaration) is not { } member || member.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == VariableName))
        {
            return false;
        }

        RewriteDeclaration(_declaration);
        foreach (IdentifierNameSyntax read in member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (!_reads.Contains(read) && IsRead(read) && !(IsJudgedAtOnce(read) && (JudgementAround(read) is { } judgement ? Rewrite(judgement) : RenameInNullTest(read))))
            {
                return false;
            }
        }

        return true;
    }

    private void RewriteDeclaration(SyntaxNode declaration)
    {
        SyntaxToken name = SyntaxFactory.Identifier(VariableName);
        if (declaration is VariableDeclaratorSyntax declarator)
        {
            _edits.Replace(declarator, WithTwin(declarator).WithIdentifier(name.WithTriviaFrom(declarator.Identifier)));
            if (declarator.Parent is VariableDeclarationSyntax { Type: { IsVar: false } type })
            {
                _edits.Replace(type, Type(_context, "System.TimeSpan", type is NullableTypeSyntax));
            }
        }
        else if (declaration is SingleVariableDesignationSyntax designation)
        {
            _edits.Replace(_question, WithTwin(_question));
            _edits.Replace(designation, designation.WithIdentifier(name.WithTriviaFrom(designation.Identifier)));
            if (designation.Parent is DeclarationPatternSyntax { Type: { IsVar: false } type })
            {
                _edits.Replace(type, Type(_context, "System.TimeSpan"));
            }
        }
    }

    private bool IsRead(IdentifierNameSyntax name) =>
        name.Identifier.ValueText == _variable?.Name && SymbolEqualityComparer.Default.Equals(_context.Model.GetSymbolInfo(name, _context.CancellationToken).Symbol, _variable);

    /// <summary>Whether no time passes between the question and the read: the remaining time does not run down by itself.</summary>
    private bool IsJudgedAtOnce(SyntaxNode read)
    {
        SyntaxNode around = read.Ancestors().First(node => node.Span.Contains(_question.Span));
        return read.Ancestors().TakeWhile(node => node != around).All(static node => node is not (ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)) &&
            around.DescendantNodes().OfType<AwaitExpressionSyntax>().All(wait => wait.SpanStart < _question.Span.End || wait.SpanStart > read.SpanStart);
    }

    /// <summary>The comparison or difference that a read is a side of.</summary>
    private static ExpressionSyntax? JudgementAround(ExpressionSyntax read)
    {
        ExpressionSyntax side = Answer(read);
        return side.Parent switch
        {
            BinaryExpressionSyntax binary when IsJudgement(binary) => binary,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.CompareTo) or nameof(DateTime.Subtract), Parent: InvocationExpressionSyntax call } => call,
            _ => null,
        };
    }

    private static bool IsJudgement(BinaryExpressionSyntax binary) =>
        (SyntaxKind)binary.RawKind is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.SubtractExpression;

    private bool RenameInNullTest(IdentifierNameSyntax read)
    {
        bool isTest = read.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } or
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } or UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } or UnaryPatternSyntax { Pattern: RecursivePatternSyntax { Designation: null } } or RecursivePatternSyntax { Designation: null, PropertyPatternClause.Subpatterns.Count: 0 } } or
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression };
        if (isTest)
        {
            _edits.Replace(read, SyntaxFactory.IdentifierName(VariableName));
        }

        return isTest;
    }

    private bool Rewrite(ExpressionSyntax judgement) => judgement switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference => RewriteDifference(difference, difference.Left, difference.Right),
        BinaryExpressionSyntax comparison => RewriteComparison(comparison.Left, comparison.Right) || RewriteComparison(comparison.Right, comparison.Left),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [{ } only] } call => access.Name.Identifier.ValueText switch
        {
            nameof(DateTime.Subtract) => RewriteDifference(call, access.Expression, only.Expression),
            nameof(DateTime.CompareTo) => RewriteComparison(access.Expression, only.Expression),
            _ => false,
        },
        _ => false,
    };

    private bool RewriteComparison(ExpressionSyntax expiry, ExpressionSyntax clock)
    {
        if (Remaining(expiry) is not { } remaining || _spans.FromNow(clock) is not { } span)
        {
            return false;
        }

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

        bool isBare = span is MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(TimeSpan.Zero) };
        ExpressionSyntax replaced = isBare && remaining is not AwaitExpressionSyntax ? Outermost(difference) : difference;
        _edits.Replace(replaced, isBare ? remaining.WithoutTrivia() : Binary(SyntaxKind.SubtractExpression, remaining.WithoutTrivia(), Operand(span, isFirst: false)));
        return true;
    }

    /// <summary>The remaining time in place of an expression that yields the instant.</summary>
    private ExpressionSyntax? Remaining(ExpressionSyntax expiry)
    {
        if (expiry is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(DateTime.ToUniversalTime) or nameof(DateTime.ToLocalTime) } access })
        {
            return Remaining(access.Expression);
        }

        if (_variable is null)
        {
            return Answer(_question) == expiry ? WithTwin(expiry) : null;
        }

        IdentifierNameSyntax? read = expiry.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(IsRead);
        return read is not null && Answer(read) == expiry && _reads.Add(read) ? expiry.ReplaceNode(read, SyntaxFactory.IdentifierName(VariableName).WithTriviaFrom(read)) : null;
    }

    /// <summary>The same with the question's method replaced by its twin.</summary>
    private T WithTwin<T>(T node)
        where T : SyntaxNode
    {
        SimpleNameSyntax name = Name(_question.Expression)!;
        string twin = name.Identifier.ValueText.EndsWith("Async", StringComparison.Ordinal) ? _twin + "Async" : _twin;
        return node.ReplaceNode(name, SyntaxFactory.IdentifierName(twin).WithTriviaFrom(name));
    }
}
