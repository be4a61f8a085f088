using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Moves a wait for a queued command behind the <c>Execute</c> of the same statement list; where the wait itself queues, the task stays in a variable.</summary>
internal sealed class AwaitAfterExecute
{
    private readonly FixContext _context;
    private readonly StatementSyntax _statement;
    private readonly StatementSyntax _execute;
    private readonly ExpressionSyntax _task;
    private readonly bool _isQueuedByWait;

    private AwaitAfterExecute(FixContext context, StatementSyntax statement, StatementSyntax execute, ExpressionSyntax task, bool isQueuedByWait)
    {
        _context = context;
        _statement = statement;
        _execute = execute;
        _task = task;
        _isQueuedByWait = isQueuedByWait;
    }

    /// <summary>The repair; null where no <c>Execute</c> stands behind the wait, or where the answer is used before it.</summary>
    public static Fix? Of(FixContext context)
    {
        if (context.Node is not ExpressionSyntax wait || wait.ContainsDirectives || context.AdditionalNode(0) is not { } call || TaskOf(wait) is not { } task ||
            wait.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement || !IsPlain(statement, wait) ||
            !PairEdits.StartsLine(statement) || !PairEdits.EndsLine(statement) ||
            ApiCatalog.Create(context.Model.Compilation)?.Queues is not { } queues)
        {
            return null;
        }

        int index = block.Statements.IndexOf(statement);
        StatementSyntax? execute = block.Statements.Skip(index + 1).FirstOrDefault(next => IsExecuteOf(next, call, queues, context));
        if (execute is null || HasConditions(block, queues, context) || AnswerIsUsed(statement, execute, context))
        {
            return null;
        }

        bool isQueuedByWait = task is not IdentifierNameSyntax && (context.Has(QueuedTaskAwaited.Lazy) || !IsOfVariables(task));
        if (!isQueuedByWait && IsWrittenBetween(task, statement, execute, context))
        {
            return null;
        }

        // A wait for several tasks at once is not written around one.
        return isQueuedByWait && wait is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } && task == wait
            ? null
            : new("AwaitAfterExecute", "Wait for the task behind Execute", [statement], new AwaitAfterExecute(context, statement, execute, task, isQueuedByWait).Apply);
    }

    /// <summary>The task that a wait is written around; the whole wait where it takes its tasks as arguments.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax wait)
    {
        ExpressionSyntax? task = wait switch
        {
            AwaitExpressionSyntax awaited => awaited.Expression,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } } => awaiter.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: { } blocked }, ArgumentList.Arguments: { } arguments } when !IsTaskArgument(arguments) => blocked,
            InvocationExpressionSyntax => wait,
            _ => null,
        };
        if (task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured })
        {
            task = configured.Expression;
        }

        return task is null ? null : PairEdits.CommentsOf(task).Any(comment => comment.IsKind(SyntaxKind.SingleLineCommentTrivia)) ? null : task;

        static bool IsTaskArgument(SeparatedSyntaxList<ArgumentSyntax> arguments) => arguments.Count == 1 && arguments[0].Expression is not (LiteralExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax);
    }

    /// <summary>Whether a statement only waits and keeps the answer, so that nothing else moves with it.</summary>
    private static bool IsPlain(StatementSyntax statement, ExpressionSyntax wait)
    {
        bool isOfKind = statement switch
        {
            ExpressionStatementSyntax expression => expression.Expression == wait || expression.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax },
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, IsConst: false, Declaration.Variables: [{ Initializer: not null }] } => true,
            _ => false,
        };
        return isOfKind && !statement.DescendantNodes(node => node != wait).Any(node => node != wait && node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax);
    }

    /// <summary>Whether a statement runs the queue of a call, and its end is only reached if that went well.</summary>
    private static bool IsExecuteOf(StatementSyntax statement, SyntaxNode call, Queues queues, FixContext context)
    {
        SyntaxNode? executing = statement switch
        {
            ExpressionStatementSyntax or LocalDeclarationStatementSyntax => statement,
            IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not } conditional when context.Model.AnalyzeControlFlow(conditional.Statement) is { Succeeded: true, EndPointIsReachable: false } => not,
            _ => null,
        };
        return executing?.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<InvocationExpressionSyntax>().Any(invocation =>
            invocation.Expression is MemberAccessExpressionSyntax access &&
            context.Model.GetSymbolInfo(invocation, context.CancellationToken).Symbol is IMethodSymbol method && queues.IsExecute(method) &&
            context.Model.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol is { } queue && Names(call, queue, context)) == true;
    }

    private static bool Names(SyntaxNode node, ISymbol symbol, FixContext context) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
        name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, symbol));

    /// <summary>Whether a condition may keep the transaction from running, after which its tasks are canceled.</summary>
    private static bool HasConditions(BlockSyntax block, Queues queues, FixContext context) => block.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(invocation =>
        context.Model.GetSymbolInfo(invocation, context.CancellationToken).Symbol is IMethodSymbol method && queues.IsQueue(method.ContainingType) && !queues.IsExecute(method) && !queues.IsCommand(method));

    /// <summary>Whether what the statement writes is named between it and the end of the executing one.</summary>
    private static bool AnswerIsUsed(StatementSyntax statement, StatementSyntax execute, FixContext context)
    {
        ISymbol? answer = statement switch
        {
            LocalDeclarationStatementSyntax declaration => context.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0], context.CancellationToken),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => context.Model.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol,
            _ => null,
        };
        return answer is not null && (answer is not ILocalSymbol || Between(statement, execute).Any(next => Names(next, answer, context)));
    }

    private static IEnumerable<StatementSyntax> Between(StatementSyntax statement, StatementSyntax execute) =>
        ((BlockSyntax)statement.Parent!).Statements.SkipWhile(next => next != statement).Skip(1).TakeWhile(next => next.SpanStart <= execute.SpanStart);

    /// <summary>Whether a task is made of variables and combinators alone, which queue nothing.</summary>
    private static bool IsOfVariables(ExpressionSyntax task) => task.DescendantNodesAndSelf().All(node => node is not (BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax) &&
        (node is not InvocationExpressionSyntax invocation || invocation.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" or "WhenAny" or "WaitAll" or "WaitAny" or "Wait" or "WaitAsync" }));

    private static bool IsWrittenBetween(ExpressionSyntax task, StatementSyntax statement, StatementSyntax execute, FixContext context)
    {
        if (context.Model.GetOperation(statement, context.CancellationToken) is not { } inside)
        {
            return true;
        }

        Variables variables = new(inside);
        return task.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol &&
            variables.WritesBetween(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol!, statement.Span.End, execute.Span.End).Count > 0);
    }

    private void Apply(DocumentEditor editor)
    {
        SyntaxTrivia newLine = PairEdits.NewLineOf(_context.Root);
        SyntaxTriviaList indent = PairEdits.IndentOf(_statement.GetLeadingTrivia());
        if (_isQueuedByWait)
        {
            SyntaxNode scope = _statement.Ancestors().First(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
            string name = PairEdits.NewName(editor, scope, NameOf(_task));
            StatementSyntax moved = _statement.ReplaceNode(_task, SyntaxFactory.IdentifierName(name).WithTriviaFrom(_task)).WithLeadingTrivia(indent).WithTrailingTrivia(newLine);
            StatementSyntax kept = SyntaxFactory.ParseStatement($"var {name} = {_task.WithoutTrivia().ToFullString()};").WithTriviaFrom(_statement);
            editor.ReplaceNode(_statement, kept);
            Insert(editor, moved);
        }
        else
        {
            SyntaxTriviaList leading = _statement.GetLeadingTrivia();
            while (leading.FirstOrDefault(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).IsKind(SyntaxKind.EndOfLineTrivia))
            {
                leading = SyntaxFactory.TriviaList(leading.SkipWhile(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Skip(1));
            }

            StatementRemoval.Of(_statement)!.Apply(editor);
            Insert(editor, _statement.WithLeadingTrivia(leading));
        }
    }

    /// <summary>Writes a statement behind the executing one and the waits that follow it, so that several keep their order.</summary>
    private void Insert(DocumentEditor editor, StatementSyntax statement)
    {
        BlockSyntax block = (BlockSyntax)_execute.Parent!;
        StatementSyntax? next = block.Statements.SkipWhile(other => other != _execute).Skip(1).SkipWhile(OnlyWaits).FirstOrDefault();
        if (next is null)
        {
            editor.ReplaceNode(block, (current, _) => ((BlockSyntax)current).AddStatements(statement));
        }
        else
        {
            editor.InsertBefore(next, statement);
        }
    }

    /// <summary>Whether a statement does nothing but wait for a task that is there.</summary>
    private static bool OnlyWaits(StatementSyntax statement)
    {
        InvocationExpressionSyntax[] calls = [.. statement.DescendantNodes().OfType<InvocationExpressionSyntax>()];
        return statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax &&
            calls.All(static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Wait" or "GetAwaiter" or "GetResult" }) &&
            (calls.Length > 0 || statement.DescendantNodes().Any(static node => node is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" }));
    }

    private static string NameOf(ExpressionSyntax task)
    {
        string name = task is InvocationExpressionSyntax { Expression: { } called } ? called switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "queued",
        } : "queued";
        name = name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name.Substring(0, name.Length - 5) : name;
        return char.ToLowerInvariant(name[0]) + name.Substring(1) + "Task";
    }
}
