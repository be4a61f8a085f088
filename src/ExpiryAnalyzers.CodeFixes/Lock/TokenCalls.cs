using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>The calls of the protected work that take a cancellation token.</summary>
internal sealed class TokenCalls
{
    private readonly LockFinding _finding;
    private readonly int _position;
    private readonly List<TokenSite> _sites = [];
    private readonly List<ExpressionSyntax> _linked = [];

    private TokenCalls(LockFinding finding, int position)
    {
        _finding = finding;
        _position = position;
    }

    /// <summary>The calls.</summary>
    public IReadOnlyList<TokenSite> Sites => _sites;

    /// <summary>The tokens that they are given so far, which must go on to count.</summary>
    public IReadOnlyList<ExpressionSyntax> Linked => _linked;

    /// <summary>Whether all that the work waits for takes a token, but for the client's commands, which have a timeout.</summary>
    public bool AreAll { get; private set; } = true;

    /// <summary>The calls of some statements; null where one of them is given a token that cannot be linked at a position.</summary>
    public static TokenCalls? Of(LockFinding finding, IEnumerable<StatementSyntax> work, int position)
    {
        TokenCalls calls = new(finding, position);
        return work.SelectMany(CallsIn).All(calls.Add) ? calls : null;
    }

    /// <summary>Adds a call that takes a token; false where it is given one that must not be lost and cannot be linked.</summary>
    private bool Add(InvocationExpressionSyntax call)
    {
        if (_finding.Context.OperationOf(call) is not IInvocationOperation operation || !_finding.Episode.IsProtected(operation) ||
            IsStart(operation.TargetMethod))
        {
            return true;
        }

        if (GivenTo(operation) is not { } given)
        {
            if (TaskWaits.IsWaitedFor(call) && TokenParameter.Of(call, _finding) is { } parameter)
            {
                _sites.Add(new(call, null, parameter.Name));
            }
            else if (TaskWaits.IsWaitedFor(call) && Types.IsTask(operation.Type) && !IsPartOfWait(call))
            {
                AreAll = AreAll && _finding.IsCommand(call);
            }

            return true;
        }

        if (given.Syntax is not ArgumentSyntax argument || (!TaskWaits.IsWaitedFor(call) && Types.IsTask(operation.Type)))
        {
            return true;
        }

        bool isNone = IsNoToken(given.Value);
        if (!isNone && IsLinkedLater(given.Value))
        {
            return true;
        }

        if (!isNone && !_finding.IsRepeatable(given.Value, _position))
        {
            return false;
        }

        if (!isNone && !_linked.Any(other => SyntaxFactory.AreEquivalent(other, argument.Expression)))
        {
            _linked.Add(argument.Expression);
        }

        _sites.Add(new(call, argument, null));
        return true;
    }

    /// <summary>
    /// The calls that a statement makes itself: not those of its nested functions, nor what it does when the work is over.
    /// </summary>
    private static IEnumerable<InvocationExpressionSyntax> CallsIn(StatementSyntax statement) => statement
        .DescendantNodesAndSelf(static node => !(Statements.IsNestedFunction(node) || node is CatchClauseSyntax or FinallyClauseSyntax))
        .OfType<InvocationExpressionSyntax>();

    /// <summary>Whether a call starts work that its token does not end once it runs.</summary>
    private static bool IsStart(IMethodSymbol method) =>
        (method.Name == nameof(Task.Run) && Types.IsClassOfTasks(method.ContainingType)) ||
        (method.Name == nameof(TaskFactory.StartNew) && Types.IsTaskFactory(method.ContainingType));

    /// <summary>Whether a call only waits for others, which count for themselves.</summary>
    private static bool IsPartOfWait(InvocationExpressionSyntax call) => TaskWaits.Combines(call) || TaskWaits.OnlyWaits(call);

    private static IArgumentOperation? GivenTo(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static argument =>
            argument.ArgumentKind == ArgumentKind.Explicit && Types.IsToken(argument.Parameter?.Type));

    private static bool IsNoToken(IOperation token) => token switch
    {
        IConversionOperation conversion => IsNoToken(conversion.Operand),
        IDefaultValueOperation => true,
        IObjectCreationOperation { Arguments.Length: 0 } => true,
        IPropertyReferenceOperation { Property.Name: nameof(CancellationToken.None) } none => Types.IsToken(none.Property.ContainingType),
        _ => false,
    };

    /// <summary>Whether a token is that of a source which the work itself links to a token that is already replaced.</summary>
    private bool IsLinkedLater(IOperation token) =>
        token is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: { } source } } &&
        source.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration &&
        _sites.Any(site => site.Call.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(site.Call.Span));
}
