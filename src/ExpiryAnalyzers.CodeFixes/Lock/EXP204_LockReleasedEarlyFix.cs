using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Repairs EXP204: awaits the work, and makes the function asynchronous where it is not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockReleasedEarlyFix))]
internal sealed class LockReleasedEarlyFix() : ExpiryCodeFix("EXP204")
{
    private const string Key = "Await";
    private const string Title = "Await the work before the lock is given back";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not InvocationExpressionSyntax work || Statements.FunctionAround(work) is not { } function ||
            !IsPlainTask(work, context))
        {
            yield break;
        }

        ExpressionStatementSyntax? dropped = DroppedIn(work);
        if (Statements.IsInAsync(work))
        {
            if (dropped is not null)
            {
                AwaitStyle awaits = AsyncFunction.StyleAround(work);
                yield return new(Key, Title, [dropped], editor =>
                    editor.Replace(dropped, current => AsyncFunction.Awaited((ExpressionStatementSyntax)current, awaits)));
            }
        }
        else if ((dropped is not null || IsReturned(work)) && AsyncFunction.Of(function, dropped, context) is { } whole)
        {
            yield return new(Key, Title, [function], editor => editor.Replace(function, whole.Rewritten))
            {
                // What was thrown at the call is thrown where the task is awaited.
                Asks = whole.Throws,
            };
        }
    }

    /// <summary>Whether a call gives a task, and not one whose result is the task of the work.</summary>
    private static bool IsPlainTask(InvocationExpressionSyntax work, FixContext context) =>
        context.TypeOf(work) is INamedTypeSymbol type && Types.IsTask(type) && !type.TypeArguments.Any(Types.IsTask);

    /// <summary>Whether a task is given back, at once or by way of a variable.</summary>
    private static bool IsReturned(SyntaxNode work) =>
        work.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax or LocalDeclarationStatementSyntax;

    /// <summary>The statement that throws a task away, be it by a discard.</summary>
    private static ExpressionStatementSyntax? DroppedIn(InvocationExpressionSyntax work)
    {
        ExpressionSyntax value = TaskWaits.Outermost(work);
        value = value.Parent is AssignmentExpressionSyntax assignment && assignment.Right == value && Statements.IsDiscard(assignment.Left)
            ? assignment : value;
        return value.Parent as ExpressionStatementSyntax;
    }
}

/// <summary>The repairs of EXP204 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockReleasedEarlyAskingFix))]
internal sealed class LockReleasedEarlyAskingFix() : AskingCodeFix(new LockReleasedEarlyFix());
