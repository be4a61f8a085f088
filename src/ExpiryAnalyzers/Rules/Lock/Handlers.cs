using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What the handlers of exceptions and the <c>finally</c>s of one body do, each looked at once.</summary>
internal sealed class Handlers(Body body)
{
    private readonly Dictionary<ITryOperation, bool> _ends = [];
    private readonly Dictionary<ITryOperation, bool> _releases = [];

    /// <summary>Whether an exception ends in a catch of everything, so that what stands behind is reached.</summary>
    public bool EndsThrown(ITryOperation attempt)
    {
        if (!_ends.TryGetValue(attempt, out bool ends))
        {
            _ends[attempt] = ends = attempt.Catches.Any(clause => clause.Filter is null &&
                (clause.ExceptionType.SpecialType == SpecialType.System_Object ||
                    body.Knowledge.Types.Is(clause.ExceptionType, KnownType.Exception)) &&
                !clause.Handler.Descendants().Any(static part => part is IThrowOperation or IReturnOperation));
        }

        return ends;
    }

    /// <summary>Whether a handler calls something that may give the lock back although its key is not known.</summary>
    public bool MayRelease(ITryOperation attempt)
    {
        if (!_releases.TryGetValue(attempt, out bool releases))
        {
            _releases[attempt] = releases = attempt.Catches.Select(static clause => clause.Handler)
                .Concat(attempt.Finally is { } last ? [last] : [])
                .SelectMany(static handler => handler.Descendants())
                .OfType<IInvocationOperation>()
                .Any(call => NameHints.ReleaseWord.Fits(call.TargetMethod.Name) ||
                    body.CallsAt(call.Syntax)
                        .Any(static known => known.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque) && known.Key is null));
        }

        return releases;
    }
}
