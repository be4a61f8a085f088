using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>
/// Repairs EXP305: one transaction writes the key and adds it to the set, where both are statements of their own, one behind the other.
/// It asks: a call that fails does not keep the other from being made, and in a cluster both keys must be in one slot.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TagSetApartFix))]
internal sealed class TagSetApartFix() : ExpiryCodeFix("EXP305")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (StatementCall.Of(context.AdditionalNode(0), context) is not { } first ||
            StatementCall.Of(context.Node, context) is not { } second ||
            !first.IsRightBefore(second) || !AreAlike(first.Call, second.Call))
        {
            return [];
        }

        SyntaxNode[] touched = [first.Statement, second.Statement];
        const string title = "Change the key and the set in one transaction (MULTI)";
        return [new("Transaction", title, touched, editor => Apply(editor, context, first, second)) { Asks = true }];
    }

    /// <summary>Whether both calls go to one database, in one manner.</summary>
    private static bool AreAlike(ClientCall first, ClientCall second) => first.IsAsync == second.IsAsync &&
        SyntaxFactory.AreEquivalent(first.Receiver, second.Receiver) && IsConstantName(first.Receiver);

    private static bool IsConstantName(ExpressionSyntax receiver) => receiver.DescendantNodesAndSelf()
        .All(static node => node is IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax);

    private static void Apply(FixEditor editor, FixContext context, StatementCall first, StatementCall second)
    {
        string name = editor.NewName(Statements.ScopeOf(first.Statement), QueuedCalls.Transaction);
        SyntaxTrivia newLine = Layout.NewLineOf(context.Root);
        SyntaxTriviaList indent = Layout.IndentOf(first.Statement);
        StatementSyntax create = QueuedCalls.Create(name, first.Call)
            .WithLeadingTrivia(first.Statement.GetLeadingTrivia())
            .WithTrailingTrivia(newLine);
        StatementSyntax run = first.Call.IsAsync
            ? QueuedCalls.Awaited(name, flags: null, second.Call.Configuration)
            : Code.Statement(QueuedCalls.Execute(name, isAsync: false, flags: null));
        List<StatementSyntax> after = [run];
        StatementSyntax firstQueued = Queued(editor, context, name, first, after)
            .WithLeadingTrivia(indent)
            .WithTrailingTrivia(first.Statement.GetTrailingTrivia());
        StatementSyntax secondQueued = Queued(editor, context, name, second, after).WithTriviaFrom(second.Statement);
        editor.InsertBefore(first.Statement, create);
        editor.InsertAfter(second.Statement, [.. after.Select(next => next.WithLeadingTrivia(indent).WithTrailingTrivia(newLine))]);
        editor.Replace(first.Statement, _ => firstQueued);
        editor.Replace(second.Statement, _ => secondQueued);
    }

    /// <summary>Queues a call. What the code heard of it, it hears behind the run.</summary>
    private static StatementSyntax Queued(
        FixEditor editor,
        FixContext context,
        string transaction,
        StatementCall queued,
        List<StatementSyntax> after)
    {
        ExpressionSyntax call = QueuedCalls.On(transaction, queued.Call);
        if (!queued.Call.TellsFailure)
        {
            return Code.Statement(Code.Discarded(call, context, queued.Statement));
        }

        string task = editor.NewName(Statements.ScopeOf(queued.Statement), QueuedCalls.TaskNameOf(queued.Call));
        after.Add(QueuedCalls.Told(task, queued.Call));
        return Code.Var(task, call);
    }

    /// <summary>A call that is a statement of a block, and that a transaction takes.</summary>
    private sealed record StatementCall(ClientCall Call, StatementSyntax Statement, BlockSyntax Block)
    {
        public static StatementCall? Of(SyntaxNode? node, FixContext context) =>
            ClientCall.Of(node, context) is { Command: not ClientNames.Execute } call &&
            CallUse.StatementOf(call, context) is { Parent: BlockSyntax block } statement && Layout.StartsLine(statement) &&
            CanBeQueued(call, context)
                ? new(call, statement, block)
                : null;

        public bool IsRightBefore(StatementCall other) =>
            Block == other.Block && Block.Statements.IndexOf(Statement) + 1 == Block.Statements.IndexOf(other.Statement);

        /// <summary>Whether a transaction takes the call, whose task is awaited or which is synchronous.</summary>
        private static bool CanBeQueued(ClientCall call, FixContext context) =>
            call.IsOnDatabase(context) && call.IsAsync == call.IsAwaited && QueuedCalls.Binds(context, call) &&
            call.Operation.Arguments.All(static argument => argument.Parameter?.RefKind == RefKind.None);
    }
}

/// <summary>The repair of EXP305, which asks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TagSetApartAskingFix))]
internal sealed class TagSetApartAskingFix() : AskingCodeFix(new TagSetApartFix());
