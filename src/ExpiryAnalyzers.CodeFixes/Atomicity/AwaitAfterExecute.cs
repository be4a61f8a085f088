using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Moves a wait for a queued command behind the <c>Execute</c> of the same statement list; where the wait itself queues, the task stays in
/// a variable.
/// </summary>
internal sealed class AwaitAfterExecute
{
    private const string Executed = "executed";
    private const string Queued = "queued";

    private readonly FixContext _context;
    private readonly StatementSyntax _statement;
    private readonly StatementSyntax _execute;
    private readonly RunForm _form;
    private readonly ExpressionSyntax _task;
    private readonly bool _isQueuedByWait;

    private AwaitAfterExecute(
        FixContext context,
        StatementSyntax statement,
        StatementSyntax execute,
        RunForm form,
        ExpressionSyntax task,
        bool isQueuedByWait)
    {
        _form = form;
        _context = context;
        _statement = statement;
        _execute = execute;
        _task = task;
        _isQueuedByWait = isQueuedByWait;
    }

    /// <summary>How a statement runs the queue, and so where the code goes on once it has run.</summary>
    private enum RunForm
    {
        None,

        /// <summary>Behind the statement.</summary>
        Passed,

        /// <summary>In the branch of <c>if (transaction.Execute())</c>.</summary>
        Tested,

        /// <summary>Nowhere: <c>return transaction.Execute();</c></summary>
        Returned,
    }

    private IReadOnlyList<SyntaxNode> Touched => _form == RunForm.Returned ? [_statement, _execute] : [_statement];

    /// <summary>The repair; null where no <c>Execute</c> stands behind the wait, or where the answer is used before it.</summary>
    public static Fix? Of(FixContext context)
    {
        if (context.Node is not ExpressionSyntax { ContainsDirectives: false } wait || context.AdditionalNode(0) is not { } call ||
            TaskOf(wait) is not { } task || StatementOf(wait) is not { Parent: BlockSyntax block } statement)
        {
            return null;
        }

        int index = block.Statements.IndexOf(statement);
        StatementSyntax? execute = block.Statements.Skip(index + 1).FirstOrDefault(next => FormOf(next, call, context) != RunForm.None);
        if (execute is null || AnswerIsUsed(statement, execute, context) ||
            (HasConditions(block, context) && FormOf(execute, call, context) != RunForm.Tested))
        {
            return null;
        }

        bool isQueuedByWait = task is not IdentifierNameSyntax && (context.Has(QueuedTaskAwaited.Lazy) || !IsOfVariables(task));
        if (!isQueuedByWait && IsWrittenBetween(task, statement, execute, context))
        {
            return null;
        }

        // A wait for several tasks at once is not written around one.
        AwaitAfterExecute edit = new(context, statement, execute, FormOf(execute, call, context), task, isQueuedByWait);
        return isQueuedByWait && wait is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } && task == wait
            ? null
            : new("AwaitAfterExecute", "Wait for the task behind Execute", edit.Touched, edit.Apply);
    }

    /// <summary>The task that a wait is written around, where no comment would be cut off.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax wait) =>
        TaskWaits.TaskOf(wait) is { } task &&
        !Layout.CommentsOf(task).Any(static comment => comment.IsKind(SyntaxKind.SingleLineCommentTrivia))
            ? task
            : null;

    /// <summary>The statement on lines of its own that only waits and keeps the answer, so that nothing else moves with it.</summary>
    private static StatementSyntax? StatementOf(ExpressionSyntax wait)
    {
        StatementSyntax? statement = wait.FirstAncestorOrSelf<StatementSyntax>();
        bool isOfKind = statement switch
        {
            ExpressionStatementSyntax { Expression: { } expression } => expression == wait || IsAssignmentToName(expression),
            LocalDeclarationStatementSyntax local =>
                local is { UsingKeyword.RawKind: 0, IsConst: false, Declaration.Variables: [{ Initializer: not null }] },
            _ => false,
        };
        return isOfKind && !statement!.DescendantNodes(node => node != wait).Any(node => node != wait && DoesMore(node)) &&
            Layout.StartsLine(statement) && Layout.EndsLine(statement)
                ? statement
                : null;
    }

    private static bool IsAssignmentToName(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax };

    private static bool DoesMore(SyntaxNode node) =>
        node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax ||
        node is AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax;

    /// <summary>How a statement runs the queue of a call, if it does.</summary>
    private static RunForm FormOf(StatementSyntax statement, SyntaxNode call, FixContext context)
    {
        (SyntaxNode? executing, RunForm form) = statement switch
        {
            ExpressionStatementSyntax or LocalDeclarationStatementSyntax => ((SyntaxNode?)statement, RunForm.Passed),
            IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax not } conditional
                when not.IsKind(SyntaxKind.LogicalNotExpression) &&
                    context.Model.AnalyzeControlFlow(conditional.Statement) is { Succeeded: true, EndPointIsReachable: false } =>
                (not, RunForm.Passed),
            IfStatementSyntax { Condition: { } condition, Statement: BlockSyntax { Statements: [{ } first, ..] } }
                when IsRun(condition) && Layout.StartsLine(first) => (condition, RunForm.Tested),
            ReturnStatementSyntax { Expression: { } answer } when IsRun(answer) => (answer, RunForm.Returned),
            _ => default,
        };
        return executing?.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Any(Runs) == true ? form : RunForm.None;

        bool Runs(InvocationExpressionSyntax invocation) =>
            invocation.Expression is MemberAccessExpressionSyntax access &&
            context.SymbolOf(invocation) is IMethodSymbol method && context.Analysis.IsExecute(method) &&
            context.SymbolOf(access.Expression) is { } queue && Statements.Names(call, queue, context);

        bool IsRun(ExpressionSyntax expression) =>
            context.TypeOf(expression)?.SpecialType == SpecialType.System_Boolean &&
            expression is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax } or InvocationExpressionSyntax;
    }

    /// <summary>Whether a condition may keep the transaction from running, after which its tasks are canceled.</summary>
    private static bool HasConditions(BlockSyntax block, FixContext context) => block.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(call => context.SymbolOf(call) is IMethodSymbol method && context.Analysis.IsCondition(method));

    /// <summary>Whether what the statement writes is named between it and the end of the executing one.</summary>
    private static bool AnswerIsUsed(StatementSyntax statement, StatementSyntax execute, FixContext context)
    {
        ISymbol? answer = statement switch
        {
            LocalDeclarationStatementSyntax declaration =>
                context.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0], context.CancellationToken),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => context.SymbolOf(assignment.Left),
            _ => null,
        };
        return answer is not null &&
            (answer is not ILocalSymbol || PlacesWithout(statement, execute).Any(place => Statements.Names(place, answer, context)));
    }

    /// <summary>
    /// The code behind the statement that runs without its answer: up to the executing one, or, where the answer is only there in a branch
    /// of that, all but the branch.
    /// </summary>
    private static IEnumerable<SyntaxNode> PlacesWithout(StatementSyntax statement, StatementSyntax execute)
    {
        IEnumerable<StatementSyntax> behind = ((BlockSyntax)statement.Parent!).Statements.SkipWhile(next => next != statement).Skip(1);
        if (execute is not IfStatementSyntax { Condition: not PrefixUnaryExpressionSyntax } conditional)
        {
            return behind.TakeWhile(next => next.SpanStart <= execute.SpanStart);
        }

        IEnumerable<SyntaxNode> places = behind.Where(next => next != execute).Append<SyntaxNode>(conditional.Condition);
        return conditional.Else is { } otherwise ? places.Append(otherwise) : places;
    }

    /// <summary>Whether a task is made of variables and combinators alone, which queue nothing.</summary>
    private static bool IsOfVariables(ExpressionSyntax task) => task.DescendantNodesAndSelf().All(static node => node switch
    {
        BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax => false,
        InvocationExpressionSyntax call => TaskWaits.Combines(call),
        _ => true,
    });

    private static bool IsWrittenBetween(ExpressionSyntax task, StatementSyntax statement, StatementSyntax execute, FixContext context)
    {
        if (context.OperationOf(statement) is not { } inside)
        {
            return true;
        }

        Variables variables = new(inside);
        return task.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(context.SymbolOf).Any(symbol =>
            symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol &&
            variables.WritesBetween(symbol, statement.Span.End, execute.Span.End).Count > 0);
    }

    private void Apply(FixEditor editor)
    {
        if (_isQueuedByWait)
        {
            string name = editor.NewName(Statements.ScopeOf(_statement), NameOf(_task));
            StatementSyntax moved = _statement.ReplaceNode(_task, SyntaxFactory.IdentifierName(name).WithTriviaFrom(_task))
                .WithLeadingTrivia(Indent)
                .WithTrailingTrivia(Layout.NewLineOf(_context.Root));
            StatementSyntax kept = Code.Var(name, _task).WithTriviaFrom(_statement);
            editor.Replace(_statement, _ => kept);
            Insert(editor, moved);
        }
        else
        {
            StatementRemoval.Of(_statement)?.Apply(editor);
            SyntaxTriviaList leading = Layout.LeadingWithoutGap(_statement);
            Insert(editor, _statement.WithLeadingTrivia(_form == RunForm.Tested ? Layout.Indented(leading, Indent) : leading));
        }
    }

    /// <summary>The indentation of the code that runs once the queue has run.</summary>
    private SyntaxTriviaList Indent => _form == RunForm.Tested
        ? Layout.IndentOf(((BlockSyntax)((IfStatementSyntax)_execute).Statement).Statements[0])
        : Layout.IndentOf(_statement);

    /// <summary>Writes a statement where the queue has run.</summary>
    private void Insert(FixEditor editor, StatementSyntax statement)
    {
        switch (_form)
        {
            case RunForm.Tested:
                editor.InsertBefore(((BlockSyntax)((IfStatementSyntax)_execute).Statement).Statements[0], statement);
                break;
            case RunForm.Returned:
                InsertBeforeReturn(editor, statement);
                break;
            default:
                InsertBehind(editor, statement);
                break;
        }
    }

    /// <summary>Keeps the answer that is returned, so that something can be done before.</summary>
    private void InsertBeforeReturn(FixEditor editor, StatementSyntax statement)
    {
        ExpressionSyntax answer = ((ReturnStatementSyntax)_execute).Expression!;
        string name = editor.NewName(Statements.ScopeOf(_statement), Executed);
        SyntaxTriviaList indent = Layout.IndentOf(_execute);
        StatementSyntax run = Code.Var(name, answer)
            .WithLeadingTrivia(_execute.GetLeadingTrivia())
            .WithTrailingTrivia(Layout.NewLineOf(_context.Root));
        editor.InsertBefore(_execute, run, statement);
        editor.Replace(answer, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        editor.Replace(_execute, current => current.WithLeadingTrivia(indent));
    }

    /// <summary>Writes a statement behind the executing one and the waits that follow it, so that several keep their order.</summary>
    private void InsertBehind(FixEditor editor, StatementSyntax statement)
    {
        BlockSyntax block = (BlockSyntax)_execute.Parent!;
        StatementSyntax? next = block.Statements.SkipWhile(other => other != _execute).Skip(1).SkipWhile(OnlyWaits).FirstOrDefault();
        if (next is null)
        {
            editor.Replace(block, current => ((BlockSyntax)current).AddStatements(statement));
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
        return statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax && calls.All(TaskWaits.OnlyWaits) &&
            (calls.Length > 0 || statement.DescendantNodes().Any(TaskWaits.Takes));
    }

    private string NameOf(ExpressionSyntax task) => ClientCall.Of(task, _context) is { Member: not null } call
        ? QueuedCalls.TaskNameOf(call)
        : Queued;
}
