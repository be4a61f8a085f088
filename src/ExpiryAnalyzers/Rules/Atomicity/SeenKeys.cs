using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What a body knows of a key because it asked whether it is there (EXISTS).</summary>
internal sealed class SeenKeys(Body body)
{
    /// <summary>How many looks at a key, the nearest first, are asked for one call.</summary>
    private const int MaxLooks = 8;

    private readonly AnswerUses _answers = new(body);
    private SmallMap<CacheCall, AnswerUse[]> _uses = new();

    /// <summary>
    /// Whether a call only runs where its key was seen to be there (true), or to be missing (false); null where it runs either way.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="before">The calls on its key before it, the nearest first.</param>
    public bool? IsThereAt(CacheCall call, IEnumerable<CacheCall> before) => before
        .Where(static question => question.Has(Effect.AskExistence) && question.IsAnswer)
        .Take(MaxLooks)
        .SelectMany(question => UsesOf(question).Select(use => AnswerAt(call.Operation, use)))
        .FirstOrDefault(static isThere => isThere is not null);

    /// <summary>The same of a call that runs behind another one whose answer tells of the key.</summary>
    public bool? IsThereAfter(CacheCall question, CacheCall call) =>
        UsesOf(question).Select(use => AnswerAt(call.Operation, use)).FirstOrDefault(static isThere => isThere is not null);

    private AnswerUse[] UsesOf(CacheCall question)
    {
        if (!_uses.TryGetValue(question, out AnswerUse[]? uses))
        {
            IEnumerable<AnswerUse> all = _answers.Of(question.Operation)
                .Concat(body.Decisions.From(question.Operation).Variables.SelectMany(_answers.Of));
            _uses[question] = uses = [.. all.Where(use => use.Leaf is { } leaf && IsAnswer(leaf, question.Operation))];
        }

        return uses;
    }

    private bool IsAnswer(IOperation expression, IOperation question)
    {
        IOperation bare = body.Knowledge.Types.Unawaited(expression);
        return ReferenceEquals(bare, question) || (bare is ILocalReferenceOperation { Local: { } local } &&
            body.Assignments.OnlyValue(local) is { } value && ReferenceEquals(body.Knowledge.Types.Unawaited(value), question));
    }

    private static bool? AnswerAt(IOperation operation, AnswerUse use) => OutcomeAt(operation, use.Owner) switch
    {
        { } outcome when outcome == use.IfTrue => true,
        { } outcome when outcome == use.IfFalse => false,
        _ => null,
    };

    /// <summary>What a condition has been where an operation runs: in one of its branches, or behind one that leaves.</summary>
    private static bool? OutcomeAt(IOperation operation, IOperation test)
    {
        if (test is not IConditionalOperation conditional)
        {
            return null;
        }

        if (Holds(conditional.WhenTrue, operation) || Holds(conditional.WhenFalse, operation))
        {
            return Holds(conditional.WhenTrue, operation);
        }

        bool isBehind = operation.Syntax.SpanStart >= conditional.Syntax.Span.End;
        return !isBehind || conditional.Parent is not IBlockOperation block || !Holds(block, operation) ? null
            : Places.Leaves(conditional.WhenTrue) ? false
            : conditional.WhenFalse is { } otherwise && Places.Leaves(otherwise) ? true
            : null;
    }

    private static bool Holds(IOperation? outer, IOperation operation) => outer?.Syntax.Span.Contains(operation.Syntax.Span) == true;
}
