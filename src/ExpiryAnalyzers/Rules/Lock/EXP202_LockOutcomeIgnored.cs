using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP202: nobody looks whether the lock was got, or it is not given back when the work throws, or with another token.</summary>
internal sealed class LockOutcomeIgnored : ExpiryRule
{
    /// <summary>The property that names the fault, for the fix: <see cref="Unchecked"/>, <see cref="NotReleased"/> or <see cref="OtherToken"/>.</summary>
    public const string Fault = nameof(Fault);

    public const string Unchecked = nameof(Unchecked);
    public const string NotReleased = nameof(NotReleased);
    public const string OtherToken = nameof(OtherToken);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP202",
        "Lock outcome ignored, or lock not released",
        "{0}",
        "Lock",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A lock protects only who looks whether they got it, and blocks everybody until it is given back or expires.",
        helpLinkUri: HelpLink.For("EXP202"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (call.Behind is not null || call.Receiver != ReceiverKind.Database)
        {
            return;
        }

        LockEpisode? episode = LockEpisode.Of(call, context.Body);
        if ((episode is not null || call.Has(Effect.TakeLock | Effect.ExtendLock)) && IsUnused(call.Operation, context.Body))
        {
            Report(context, call.Syntax, Unchecked, null, call.Has(Effect.ExtendLock)
                ? $"Nobody looks whether '{call.Name}' prolonged the lock {Key(call)}: once it has expired, the work goes on beside another holder"
                : $"Nobody looks whether '{call.Name}' got the lock {Key(call)}: while another holder has it, the work runs all the same");
        }

        if (episode?.Releases.FirstOrDefault() is not { } release)
        {
            return;
        }

        if (Token(call) is { } taken && Token(release) is { } given && AreCertainlyOther(taken, given, context.Body))
        {
            Report(context, given.Syntax, OtherToken, taken.Syntax, $"'{release.Name}' gives another token than '{call.Name}' took the lock {Key(call)} with: the lock stays until its TTL ends, and everybody waits");
        }

        if (release.Behind is null && episode.Work is { } work && episode.IsProtected(work) && !episode.IsReleasedOnThrow)
        {
            Report(context, release.Syntax, NotReleased, call.Syntax, $"'{release.Name}' is not reached when '{SinkReport.Short(work.Syntax)}' throws: the lock {Key(call)} stays until its TTL ends, and everybody waits");
        }
    }

    private static void Report(RuleContext context, SyntaxNode at, string fault, SyntaxNode? other, string message) => context.Report(Diagnostic.Create(
        Rule,
        at.GetLocation(),
        other is null ? [] : [other.GetLocation()],
        ImmutableDictionary<string, string?>.Empty.Add(Fault, fault),
        message));

    private static string Key(CacheCall call) => call.Argument(Role.Key) is { } key ? $"'{SinkReport.Short(key.Value.Syntax)}'" : "";

    /// <summary>Whether the answer goes nowhere: a statement of its own, a discard, a variable that nobody reads.</summary>
    private static bool IsUnused(IOperation call, Body body)
    {
        IOperation answer = call.Answer();
        return answer.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } => body.Assignments.Reads(target.Local).Count == 0,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => body.Assignments.Reads(declarator.Symbol).Count == 0,
            _ => false,
        };
    }

    /// <summary>The token that a call gives; of a taking SET it is the value.</summary>
    private static IOperation? Token(CacheCall call) =>
        call.Behind is not null ? null : (call.Argument(Role.Token) ?? (call.Has(Effect.Overwrite) ? call.Argument(Role.Value) : null))?.Value.WithoutConversions();

    private static bool AreCertainlyOther(IOperation taken, IOperation given, Body body)
    {
        if (IsFresh(taken) || IsFresh(given))
        {
            return true;
        }

        taken = body.Resolved(taken);
        given = body.Resolved(given);
        return taken.ConstantValue is { HasValue: true, Value: { } left } && given.ConstantValue is { HasValue: true, Value: { } right } ? !left.Equals(right)
            : (IsFresh(taken) && IsFixed(given)) || (IsFixed(taken) && IsFresh(given));
    }

    /// <summary>Whether an expression is another value each time: made of a new GUID on the spot.</summary>
    private static bool IsFresh(IOperation token) => token.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } });

    /// <summary>Whether an expression is the same value each time.</summary>
    private static bool IsFixed(IOperation token) => token.ConstantValue.HasValue || token is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "Environment" } };
}
