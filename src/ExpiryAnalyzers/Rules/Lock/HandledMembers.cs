using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// The members of the user's own types that a timer or a handler of the same type runs, so that two tasks may run them at once. Asked for
/// only where a rule has a candidate. Kept for the compilation. Thread-safe.
/// </summary>
internal sealed class HandledMembers
{
    /// <summary>How many members, each calling the next, lie between the timer and one that it runs.</summary>
    private const int MaxSteps = 3;

    private readonly Knowledge _knowledge;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _members = new(SymbolEqualityComparer.Default);

    private HandledMembers(Knowledge knowledge) => _knowledge = knowledge;

    /// <summary>
    /// Whether two tasks may run a member's body at once: a timer or a handler runs it, and nothing in it keeps others out.
    /// </summary>
    public static bool IsRunAgain(Body body) => body.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method &&
        !KeepsOut(body) && !HoldsTimer(body.Operations, body) &&
        body.Knowledge.Remember(static knowledge => new HandledMembers(knowledge)).IsHandled(method.OriginalDefinition);

    private bool IsHandled(IMethodSymbol method) => _members.TryGetValue(method, out bool isHandled) ? isHandled
        : _members.GetOrAdd(method, Find(method));

    private bool Find(IMethodSymbol method)
    {
        // A timer that is set off anew each time never calls back while it is still at it.
        if (NamesIn(method.ContainingType).Any(KnownMember.AutoReset.MayBe))
        {
            return false;
        }

        HashSet<IMethodSymbol> seen = new(SymbolEqualityComparer.Default) { method };
        IMethodSymbol[] wanted = [method];
        for (int step = 0; step < MaxSteps && wanted.Length > 0; step++)
        {
            List<IMethodSymbol> callers = [];
            foreach (IMethodSymbol member in method.ContainingType.GetMembers().OfType<IMethodSymbol>())
            {
                _knowledge.CancellationToken.ThrowIfCancellationRequested();
                if (UsesIn(member, wanted) is not { } uses || KeepsOut(uses.Body))
                {
                    continue;
                }

                if (uses.All.Any(use => IsRunByHandler(use, uses.Body)))
                {
                    return true;
                }

                if (!HoldsTimer(uses.Body.Operations, uses.Body) && seen.Add(member))
                {
                    callers.Add(member);
                }
            }

            wanted = [.. callers];
        }

        return false;
    }

    private static bool IsRunByHandler(IOperation use, Body body) => KeptDeadlines.In(body).IsRunByHandler(use) &&
        !IsOneByOne(FunctionAround(use), body.Knowledge.Types) &&
        !HoldsTimer(FunctionAround(use).DescendantsAndSelf(), body);

    /// <summary>Where a member calls one of some others, or hands it on; null where it does not.</summary>
    private (Body Body, IReadOnlyList<IOperation> All)? UsesIn(IMethodSymbol member, IMethodSymbol[] wanted)
    {
        if (member.IsImplicitlyDeclared || !Names(member, wanted) || _knowledge.Summaries.RootOf(member) is not { } root)
        {
            return null;
        }

        Body body = new(_knowledge, root, depth: 0, _knowledge.CancellationToken) { Owner = member };
        IOperation[] uses = [.. body.Operations.Where(operation => Array.Exists(wanted, one => IsUse(operation, one)))];
        return uses.Length > 0 ? (body, uses) : null;
    }

    private static bool IsUse(IOperation operation, IMethodSymbol method) => operation switch
    {
        IInvocationOperation { Instance: null or IInstanceReferenceOperation } call => IsSame(call.TargetMethod, method),
        IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } named => IsSame(named.Method, method),
        _ => false,
    };

    private static bool IsSame(IMethodSymbol one, IMethodSymbol other) =>
        SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other);

    private bool Names(IMethodSymbol member, IMethodSymbol[] wanted) => member.DeclaringSyntaxReferences.Any(part =>
        part.GetSyntax(_knowledge.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(name => Array.Exists(wanted, one => one.Name == name.Identifier.ValueText)));

    private IEnumerable<string> NamesIn(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .SelectMany(part => part.GetSyntax(_knowledge.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>())
        .Select(static name => name.Identifier.ValueText);

    /// <summary>Whether a function is called back one time after the other: by a queue of messages, by a timer of an interface.</summary>
    private static bool IsOneByOne(IOperation function, WellKnownTypes types)
    {
        IOperation? holder = function.HolderOfDelegate();
        return (holder is IArgumentOperation ? holder.Parent : holder) switch
        {
            IInvocationOperation call => types.Is(call.TargetMethod.ContainingType, KnownType.RedisMessages),
            IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event.ContainingType: { } type } } =>
                !types.Is(type, KnownTypes.CallbackTimers),
            _ => false,
        };
    }

    /// <summary>Whether code keeps other threads of the process out, be it by a member that says that it is at it.</summary>
    private static bool KeepsOut(Body body) => body.Operations.Any(operation => operation is ILockOperation ||
        body.Knowledge.Types.IsUseOf(operation, KnownMember.KeepsThreadsOut) || IsMark(operation, body));

    /// <summary>Whether a member is set to true that a test has asked for.</summary>
    private static bool IsMark(IOperation operation, Body body) =>
        operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: { } mark } } set &&
        set.Value.ConstantValue is { HasValue: true, Value: true } && body.Operations.OfType<IConditionalOperation>().Any(test =>
            test.Syntax.SpanStart < set.Syntax.SpanStart && test.Condition.DescendantsAndSelf().Any(part =>
                part is IMemberReferenceOperation asked && SymbolEqualityComparer.Default.Equals(asked.Member, mark)));

    /// <summary>Whether code keeps a timer from calling back meanwhile.</summary>
    private static bool HoldsTimer(IEnumerable<IOperation> code, Body body) =>
        code.Any(operation => body.Knowledge.Types.IsUseOf(operation, KnownMember.HoldsTimer));

    /// <summary>The lambda that calls a method; what hands it on by its name.</summary>
    private static IOperation FunctionAround(IOperation use)
    {
        IOperation? around = use;
        while (around is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            around = around.Parent;
        }

        return around ?? use;
    }
}
