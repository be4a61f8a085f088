using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Renews the lock while work runs that nothing ends: starts a loop before the work, which cancels it if the lock is lost, and stops the
/// loop before the release.
/// </summary>
internal sealed class LockRenewal
{
    private const string Task = "renewal";

    private readonly RenewalLoop _loop;
    private readonly TokenCalls _calls;
    private readonly WorkSource _source;
    private readonly IReadOnlyList<ExpressionSyntax> _lock;
    private string _task = Task;

    private LockRenewal(RenewalLoop loop, TokenCalls calls, WorkSource source, IReadOnlyList<ExpressionSyntax> arguments)
    {
        _loop = loop;
        _calls = calls;
        _source = source;
        _lock = arguments;
    }

    public static Fix? Fix(LockFinding finding)
    {
        LockEpisode episode = finding.Episode;
        if (finding.Fault == LockWithoutMargin.TooShort && episode.LongestWork is not null)
        {
            // Work that ends by itself needs no more than a TTL that is long enough for it.
            return null;
        }

        bool isUnlimited = (!episode.IsRenewed || episode.IsOnlyProlongedByStep) && episode.Limits().Count == 0;
        return isUnlimited && !episode.IsUnheeded && !LeavesWorkRunning(episode) && Statements.IsInAsync(episode.At.Syntax)
            ? InTry(finding) ?? InBlock(finding) : null;
    }

    /// <summary>Whether some of the work is a lambda that nobody can wait for, so that what is renewed ends before it.</summary>
    private static bool LeavesWorkRunning(LockEpisode episode) => episode.Region.SelectMany(static part => part.DescendantsAndSelf())
        .Any(static part => part is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } });

    /// <summary>The repair where a <c>finally</c> gives the lock back.</summary>
    private static Fix? InTry(LockFinding finding)
    {
        LockEpisode episode = finding.Episode;
        if (episode is not { Releases: [{ } release], Work: { } work } || HeldWork.ReleaseOf(release)?.Parent is not BlockSyntax end)
        {
            return null;
        }

        if (AttemptOf(end) is not { Parent: BlockSyntax block } attempt || !attempt.Block.Span.Contains(work.Syntax.Span))
        {
            return null;
        }

        bool isHeld = HeldWork.FirstHeld(block, episode, finding.Context) <= block.Statements.IndexOf(attempt);
        return isHeld ? Of(finding, attempt.Block.Statements, attempt)?.InTry(attempt, block, end) : null;
    }

    /// <summary>The statement whose <c>finally</c> a block is.</summary>
    private static TryStatementSyntax? AttemptOf(BlockSyntax end) =>
        end.Parent is FinallyClauseSyntax { Parent: TryStatementSyntax { ContainsDirectives: false } attempt } last &&
            Layout.StartsLine(attempt) && Layout.StartsLine(last)
                ? attempt
                : null;

    /// <summary>The repair where the release follows the work, and is put into a <c>finally</c> too.</summary>
    private static Fix? InBlock(LockFinding finding) =>
        HeldWork.Of(finding.Episode, finding.Context) is { } work && Of(finding, work.Statements, work.Statements.First()) is { } renewal
            ? renewal.InBlock(work)
            : null;

    private static LockRenewal? Of(LockFinding finding, IEnumerable<StatementSyntax> work, StatementSyntax place)
    {
        int position = place.SpanStart;
        if (ArgumentsAt(position, finding) is not { } arguments || RenewalLoop.Of(finding) is not { } loop ||
            TokenCalls.Of(finding, work, position) is not { } calls)
        {
            return null;
        }

        return WorkSource.Of(finding, calls, place) is { } source ? new(loop, calls, source, arguments) : null;
    }

    /// <summary>The database, key, token and TTL of the lock, for another place; null where they may be others there.</summary>
    private static IReadOnlyList<ExpressionSyntax>? ArgumentsAt(int position, LockFinding finding)
    {
        CacheCall take = finding.Episode.Take;
        bool isOwn = take is { Behind: null, Raw: null, Held: null };
        if (!isOwn || take is not { Operation.Instance: { } database, KeyExpression: { } key } || !Types.IsDatabase(database.Type) ||
            LockTokens.Of(take) is not { } token || LockTtl.At(position, finding) is not { } ttl)
        {
            return null;
        }

        CacheCall? release = finding.Episode.Releases.FirstOrDefault();
        IOperation? secondToken = release is null ? null : LockTokens.Of(release);
        bool isKnown = finding.IsRepeatable(database, position) && finding.IsRepeated(key, release?.KeyExpression, position) &&
            finding.IsRepeated(token, secondToken, position);
        return isKnown ? [Written(database), Written(key), Written(token), ttl] : null;
    }

    private static ExpressionSyntax Written(IOperation operation) => ((ExpressionSyntax)operation.Syntax).WithoutTrivia();

    private Fix InTry(TryStatementSyntax attempt, BlockSyntax block, BlockSyntax end)
    {
        bool isUsing = InsertionPoint.MayDeclareUsing(attempt);
        return Make("", [attempt], editor =>
        {
            InsertionPoint.Before(attempt, block).Insert(editor, current => Started(current, isUsing, editor.Generator));
            InsertionPoint.Before(end.Statements[0], end).Insert(editor, _ => Stopped(isUsing));
        });
    }

    private Fix InBlock(HeldWork work)
    {
        bool isUsing = InsertionPoint.MayDeclareUsing(work.Statements.First());
        return Make(", and release it in a finally", [work.Block], editor => editor.Replace(work.Block, current =>
        {
            IReadOnlyList<StatementSyntax> started = Started(current, isUsing, editor.Generator);
            return work.Protected((BlockSyntax)current, started, Stopped(isUsing));
        }));
    }

    private Fix Make(string release, IReadOnlyList<SyntaxNode> touched, Action<FixEditor> edit)
    {
        string and = release.Length > 0 ? "" : "and ";
        string loss = _calls.Sites.Count > 0 ? $", {and}cancel the work if it is lost" : "";
        return new("Renew", "Renew the lock while the work runs" + loss + release, touched, editor =>
        {
            edit(editor);
            _source.Pass(editor, _calls);
            _loop.Declare(editor);
        })
        {
            // More commands are sent, and the lock has no longest life any more.
            Asks = true,
        };
    }

    /// <summary>What starts the loop.</summary>
    private IReadOnlyList<StatementSyntax> Started(SyntaxNode scope, bool isUsing, SyntaxGenerator generator)
    {
        IReadOnlyList<StatementSyntax> source = _source.Declared(scope, isUsing, generator);
        _task = NamesInUse.Free(Task, NamesInUse.InAndAround(scope).Contains);
        ExpressionSyntax[] arguments = _lock.Append(SyntaxFactory.IdentifierName(_source.Name)).ToArray();
        return [.. source, Code.Var(_task, Expressions.Call(SyntaxFactory.IdentifierName(RenewalLoop.Name), arguments))];
    }

    /// <summary>What ends the loop, and waits until it has ended.</summary>
    private IReadOnlyList<StatementSyntax> Stopped(bool isUsing)
    {
        List<StatementSyntax> statements =
        [
            Code.Statement(Expressions.Call(_source.Member(nameof(CancellationTokenSource.Cancel)))),
            Code.Statement(Code.Await(_loop.Configured(SyntaxFactory.IdentifierName(_task)))),
        ];
        if (!isUsing && _source.IsNew)
        {
            statements.Add(Code.Statement(Expressions.Call(_source.Member(nameof(CancellationTokenSource.Dispose)))));
        }

        return statements;
    }
}
