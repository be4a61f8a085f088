using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP305: a set names keys, and the set and those keys are changed by separate commands.</summary>
internal sealed class TagSetApart : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP305",
        "Tag set and its members change apart",
        "'{0}' and '{1}' are not one step: {2}; {3}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description:
            "A set that names keys is only worth something as long as it names all of them, and no other; a crash between the " +
            "two changes parts them for good. Change the set and the keys in MULTI.",
        helpLinkUri: HelpLink.For("EXP305"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (call.Data != DataType.Set)
        {
            return;
        }

        if (call.Member is not null)
        {
            JudgeAdd(call, context);
        }
        else if (call.Has(Effect.Read) && call.Behind is null && call.Key is not null)
        {
            JudgeMembers(call, context);
        }
    }

    /// <summary>A key is put into a set, and written apart.</summary>
    private static void JudgeAdd(CacheCall add, RuleContext context)
    {
        if (SetsOf(context.Body).NearestWrite(add) is not { } write ||
            add.Member!.Symbols.Any(symbol => context.Body.Assignments.Writes(symbol) > 1))
        {
            return;
        }

        bool isWrittenFirst = write.Syntax.SpanStart < add.Syntax.SpanStart;
        (CacheCall first, CacheCall second) = isWrittenFirst ? (write, add) : (add, write);
        if (context.Body.MayFollow(first.Operation, second.Operation))
        {
            Report(first, second, context, isWrittenFirst
                ? "a failure in between leaves a key that its tag set does not name, and that is missed when the tag is cleared"
                : "a failure in between leaves the tag set naming a key that was never written");
        }
    }

    /// <summary>The keys that a set names are deleted, and nothing else happens to the set.</summary>
    private static void JudgeMembers(CacheCall read, RuleContext context)
    {
        TagSets sets = SetsOf(context.Body);
        if (sets.FirstDelete(read) is { } delete && !sets.IsHandled(read) && context.Body.MayFollow(read.Operation, delete.Operation))
        {
            Report(read, delete, context, "the keys go and the set stays, naming keys that are gone");
        }
    }

    private static TagSets SetsOf(Body body) => body.Remember(static body => new TagSets(body, body.Knowledge.Catalog));

    private static void Report(CacheCall first, CacheCall second, RuleContext context, string consequence) =>
        context.Report(Diagnostic.Create(
            Rule,
            second.Syntax.GetLocation(),
            [first.Syntax.GetLocation()],
            first.Name,
            second.Name,
            consequence,
            PairReport.Cure));
}
