using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What follows a statement in its block, and what follows that block further out.</summary>
/// <param name="Scope">The block, or the section of a switch.</param>
/// <param name="Span">From behind the statement to the end of the block's last statement.</param>
/// <param name="Outer">What follows further out.</param>
internal sealed record Tail(IOperation Scope, TextSpan Span, Tail? Outer);

/// <summary>
/// What follows the statements of one body, up to the end of the function or of a loop around. Each part is found once and shared.
/// </summary>
internal sealed class Tails(IOperation root)
{
    private readonly Dictionary<IOperation, Tail?> _tails = [];
    private readonly Stack<(IOperation Inner, IOperation Outer)> _way = new();

    public Tail? After(IOperation statement)
    {
        Tail? tail = null;
        IOperation inner = statement;
        while (!_tails.TryGetValue(inner, out tail) && inner.Parent is { } outer &&
            outer is not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation))
        {
            _way.Push((inner, outer));
            if (ReferenceEquals(outer, root))
            {
                break;
            }

            inner = outer;
        }

        while (_way.Count > 0)
        {
            (IOperation child, IOperation scope) = _way.Pop();
            ImmutableArray<IOperation> statements = child is ICaseClauseOperation ? ImmutableArray<IOperation>.Empty
                : LockRegion.StatementsOf(scope);
            int end = EndOf(statements);
            int start = child.Syntax.Span.End;
            _tails[child] = tail = start < end ? new(scope, TextSpan.FromBounds(start, end), tail) : tail;
        }

        return tail;
    }

    /// <summary>
    /// The end of the last statement that is written: the implicit return of a lambda or local function spans all of its block.
    /// </summary>
    private static int EndOf(ImmutableArray<IOperation> statements)
    {
        for (int i = statements.Length - 1; i >= 0; i--)
        {
            if (!statements[i].IsImplicit)
            {
                return statements[i].Syntax.Span.End;
            }
        }

        return 0;
    }
}

/// <summary>
/// The code that runs only while a lock is held: single operations, and what follows statements. Kept as stretches of source.
/// </summary>
internal sealed class LockRegion
{
    private readonly List<IOperation> _parts = [];
    private readonly List<Tail> _tails = [];
    private TextSpan? _within;

    public bool IsEmpty => !Spans(int.MaxValue).Any();

    /// <summary>The operations of the region: statements, and blocks of statements.</summary>
    public IEnumerable<IOperation> Operations => _parts.Concat(_tails.SelectMany(OperationsOf))
        .OrderBy(static part => part.Syntax.SpanStart);

    public void Clear()
    {
        _parts.Clear();
        _tails.Clear();
    }

    public void Add(IOperation part) => _parts.Add(part);

    public void Add(Tail? tail)
    {
        // What follows a statement of a tail is part of it.
        if (tail is not null && !_tails.Any(known => known.Span.Contains(tail.Span.Start)))
        {
            _tails.Add(tail);
        }
    }

    /// <summary>Leaves only what lies within a stretch of source.</summary>
    public void Confine(TextSpan span)
    {
        _parts.RemoveAll(part => !span.Contains(part.Syntax.Span));
        _within = _within is { } within && span.Contains(within) ? within : span;
    }

    /// <summary>The stretches of the region that begin before a position. They may overlap.</summary>
    public IEnumerable<TextSpan> Spans(int end)
    {
        foreach (IOperation part in _parts)
        {
            if (part.Syntax.SpanStart < end)
            {
                yield return part.Syntax.Span;
            }
        }

        foreach (Tail head in _tails)
        {
            for (Tail? tail = head; tail is not null && tail.Span.Start < end; tail = tail.Outer)
            {
                if (IsWithin(tail))
                {
                    yield return tail.Span;
                }
                else if (_within is { } within && tail.Span.Start >= within.End)
                {
                    break;
                }
            }
        }
    }

    /// <summary>Whether a stretch of source is in the region.</summary>
    public bool Contains(TextSpan span) => Spans(span.End + 1).Any(part => part.Contains(span));

    /// <summary>The statements of a block, or of a section of a switch.</summary>
    public static ImmutableArray<IOperation> StatementsOf(IOperation scope) => scope switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => ImmutableArray<IOperation>.Empty,
    };

    private bool IsWithin(Tail tail) => _within is not { } within || within.Contains(tail.Span);

    private IEnumerable<IOperation> OperationsOf(Tail head)
    {
        for (Tail? tail = head; tail is not null; tail = tail.Outer)
        {
            if (IsWithin(tail))
            {
                foreach (IOperation statement in StatementsOf(tail.Scope))
                {
                    if (!statement.IsImplicit && statement.Syntax.SpanStart >= tail.Span.Start)
                    {
                        yield return statement;
                    }
                }
            }
        }
    }
}
