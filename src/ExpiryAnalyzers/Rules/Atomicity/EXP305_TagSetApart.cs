using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP305: a set names keys, and the set and those keys are changed by separate commands.</summary>
internal sealed class TagSetApart : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP305",
        "Tag set and its members change apart",
        "'{0}' and '{1}' are not one step: {2}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description: "A set that names keys is only worth something as long as it names all of them, and no other.",
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
        CacheCall? write = context.Body.Calls
            .Where(other => other.Has(Effect.Write | Effect.Overwrite | Effect.Increment) && add.Member!.Equals(other.Key) && !ReferenceEquals(other.Operation, add.Operation) && AreApart(add, other, context.Body))
            .OrderBy(other => Math.Abs(other.Syntax.SpanStart - add.Syntax.SpanStart))
            .FirstOrDefault();
        if (write is null || add.Member!.Symbols.Any(symbol => context.Body.Assignments.Writes(symbol) > 1))
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

    /// <summary>Whether both calls go to one database, and not in one transaction.</summary>
    private static bool AreApart(CacheCall add, CacheCall write, Body body)
    {
        bool isTogether = add.Receiver == ReceiverKind.Transaction && write.Receiver == ReceiverKind.Transaction && add.Database?.Equals(write.Database) == true;
        return !isTogether && add.Receiver != ReceiverKind.Unknown && write.Receiver != ReceiverKind.Unknown && body.DatabaseOf(add) is { } database && database.Equals(body.DatabaseOf(write));
    }

    /// <summary>The keys that a set names are deleted, and nothing else happens to the set.</summary>
    private static void JudgeMembers(CacheCall read, RuleContext context)
    {
        Derivation members = new(context.Body, read.Operation);
        CacheCall? delete = context.Body.Calls.FirstOrDefault(call => call.Has(Effect.Delete) && call.Syntax.SpanStart > read.Syntax.SpanStart && call.Operation.Arguments.Any(argument => IsMember(argument.Value, members)));
        if (delete is not null && !IsHandled(read, context.Body) && context.Body.MayFollow(read.Operation, delete.Operation))
        {
            Report(read, delete, context, "the keys go and the set stays, naming keys that are gone");
        }
    }

    private static bool IsMember(IOperation key, Derivation members)
    {
        if (members.Reaches(key))
        {
            return true;
        }

        // members.Select(member => db.KeyDeleteAsync(member))
        foreach (IParameterReferenceOperation parameter in key.DescendantsAndSelf().OfType<IParameterReferenceOperation>())
        {
            for (IOperation? outer = key; outer is not null; outer = outer.Parent)
            {
                if (outer is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Contains(parameter.Parameter, SymbolEqualityComparer.Default) && lambda.CallHandedTo() is { } call && (call.Instance is { } instance && members.Reaches(instance) || call.Arguments.Any(argument => !argument.Syntax.Span.Contains(lambda.Syntax.Span) && members.Reaches(argument.Value))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the set is changed, deleted or handed on, or a script runs.</summary>
    private static bool IsHandled(CacheCall read, Body body) =>
        body.Calls.Any(call => call.Has(Effect.Opaque) || (call.Has(Effect.Change | Effect.SetExpiry) && read.Key!.Equals(call.Key))) ||
        body.Operations.Any(operation => operation is IArgumentOperation argument && !read.Syntax.Span.Contains(argument.Syntax.Span) && IsNamed(argument.Value, read, body)) ||
        body.Operations.Any(operation => operation.ListsElements() && operation.ChildOperations.Any(element => IsNamed(element, read, body)));

    private static bool IsNamed(IOperation expression, CacheCall read, Body body) => read.Key!.Equals(body.Keys.Of(expression)) && expression.Parent is not IArgumentOperation { Parent: IInvocationOperation { Type.Name: "RedisKey" } };

    private static void Report(CacheCall first, CacheCall second, RuleContext context, string consequence) =>
        context.Report(Diagnostic.Create(Rule, second.Syntax.GetLocation(), [first.Syntax.GetLocation()], first.Name, second.Name, consequence));
}
