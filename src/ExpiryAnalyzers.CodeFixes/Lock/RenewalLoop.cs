using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>The method that renews a lock. A type has it once.</summary>
internal sealed class RenewalLoop
{
    public const string Name = "RenewLockAsync";

    private const string Text = """
        /// <summary>Renews a lock until the work is cancelled, and cancels the work if the lock is lost.</summary>
        private static async Task RenewLockAsync(IDatabase db, RedisKey key, RedisValue token, TimeSpan ttl, CancellationTokenSource work)
        {
            // A third of the lock's life is left when work is cancelled that nothing could renew the lock for.
            TimeSpan third = TimeSpan.FromTicks(ttl.Ticks / 3);
            work.CancelAfter(third + third);
            while (!work.IsCancellationRequested)
            {
                try
                {
                    await Task.Delay(third, work.Token);
                    if (await db.LockExtendAsync(key, token, ttl))
                    {
                        work.CancelAfter(third + third);
                    }
                    else
                    {
                        work.Cancel();
                    }
                }
                catch (Exception)
                {
                    // The work is done, or the server is out of reach: the next try may come in time.
                }
            }
        }
        """;

    private readonly FixContext _context;
    private readonly TypeDeclarationSyntax _owner;
    private readonly MemberDeclarationSyntax _member;
    private readonly bool _isThere;
    private readonly AwaitStyle _awaits;

    private RenewalLoop(FixContext context, TypeDeclarationSyntax owner, MemberDeclarationSyntax member, AwaitStyle awaits, bool isThere)
    {
        _context = context;
        _owner = owner;
        _member = member;
        _awaits = awaits;
        _isThere = isThere;
    }

    /// <summary>The method for the type around a lock; null where it has no place, or its name means something else.</summary>
    public static RenewalLoop? Of(LockFinding finding)
    {
        FixContext context = finding.Context;
        SyntaxNode take = finding.Episode.Take.Syntax;
        if (Statements.MemberAround(take) is not MemberDeclarationSyntax { Parent: TypeDeclarationSyntax owner } member ||
            owner is InterfaceDeclarationSyntax)
        {
            return null;
        }

        AwaitStyle awaits = AwaitStyle.Of(owner);
        IReadOnlyList<ISymbol> known = context.Model.LookupSymbols(take.SpanStart, name: Name).ToArray();
        bool isThere = known is [{ } only] && only.DeclaringSyntaxReferences is [{ } declaration] &&
            TypeMembers.IsSame(declaration.GetSyntax(context.CancellationToken), TextOf(awaits.IsConfigured));
        return known.Count == 0 || isThere ? new(context, owner, member, awaits, isThere) : null;
    }

    /// <summary>A task, as the type around awaits its tasks.</summary>
    public ExpressionSyntax Configured(ExpressionSyntax task) => _awaits.Configured(task);

    /// <summary>Adds the method to the type, unless it is there.</summary>
    public void Declare(FixEditor editor)
    {
        if (!_isThere)
        {
            int index = _owner.Members.IndexOf(_member);
            IReadOnlyList<string> types =
            [
                Types.CancellationTokenSource, Types.Exception, Types.Task, Types.TimeSpan, Types.Database, Types.RedisKey,
                Types.RedisValue,
            ];
            MethodDeclarationSyntax method = TypeMembers.Method(TextOf(_awaits.IsConfigured), types, _context);
            editor.Replace(_owner, current => TypeMembers.WithMethod((TypeDeclarationSyntax)current, method, index));
        }
    }

    private static string TextOf(bool isConfigured) => !isConfigured ? Text : Text
        .Replace("work.Token);", "work.Token).ConfigureAwait(false);")
        .Replace("ttl))\n", "ttl).ConfigureAwait(false))\n");
}
