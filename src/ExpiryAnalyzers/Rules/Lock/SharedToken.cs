using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>What a token is made of that several holders of a lock give alike.</summary>
[Flags]
internal enum SharedParts
{
    /// <summary>Something of its own, or nothing that is known.</summary>
    None = 0,

    Constant = 1,

    /// <summary>The lock's key, or parts of it.</summary>
    Key = 2,

    /// <summary>The name or number of the process.</summary>
    Process = 4,

    /// <summary>The name of the machine.</summary>
    Machine = 8,

    /// <summary>The number of the thread.</summary>
    Thread = 16,

    /// <summary>The name of the user that the process runs as: what it says is for each machine to know.</summary>
    User = 32,
}

/// <summary>Which tokens certainly are the same for two holders of a lock.</summary>
internal static class SharedToken
{
    private static readonly IReadOnlyList<(KnownMember Member, SharedParts Parts)> Named =
    [
        (KnownMember.MachineName, SharedParts.Machine),
        (KnownMember.HostName, SharedParts.Machine),
        (KnownMember.ProcessName, SharedParts.Process),
        (KnownMember.ThreadNumber, SharedParts.Thread),
        (KnownMember.UserName, SharedParts.User),
    ];

    /// <summary>What the token of a call is made of; none where a part of it may be a holder's own.</summary>
    public static SharedParts Of(CacheCall call, Body body) =>
        LockTokens.Of(call) is { } token ? Of(token, call, body) : SharedParts.None;

    /// <summary>What an expression is made of that a call is handed as its token, at least where a choice says so.</summary>
    public static SharedParts Of(IOperation token, CacheCall call, Body body) =>
        WholeOf(token, call, body) is not SharedParts.None and var parts ? parts
        : BranchOf(token, call, body) is { } branch ? WholeOf(branch, call, body)
        : SharedParts.None;

    /// <summary>The branch of a token that several holders give alike, where the other makes a new one; null where there is none.</summary>
    public static IOperation? BranchOf(IOperation token, CacheCall call, Body body)
    {
        return body.Resolved(token) is IConditionalOperation { WhenTrue: { } first, WhenFalse: { } second }
            ? BesideNew(first, second) ?? BesideNew(second, first) : null;

        IOperation? BesideNew(IOperation branch, IOperation other) =>
            LockTokens.IsFresh(body.Resolved(other), body.Knowledge.Types) && WholeOf(branch, call, body) != SharedParts.None
                ? branch : null;
    }

    private static SharedParts WholeOf(IOperation token, CacheCall call, Body body)
    {
        SharedParts shared = SharedParts.None;
        Stack<IOperation> open = new([token]);
        HashSet<IOperation> seen = [];
        while (open.Count > 0)
        {
            IOperation part = open.Pop();
            if (!seen.Add(part))
            {
                // What several variables share is looked at once, and what stands in its own initializer does not go on for ever.
                continue;
            }

            if (Leaf(part, call, body) is not SharedParts.None and var leaf)
            {
                shared |= leaf;
            }
            else if (PartsOf(body.Resolved(part), body.Knowledge.Types) is { Count: > 0 } parts)
            {
                foreach (IOperation inner in parts)
                {
                    open.Push(inner);
                }
            }
            else
            {
                return SharedParts.None;
            }
        }

        // On one machine processes differ by their number; two of one machine may run a thread of the same number, but seldom do. Users
        // of several machines are mostly of one name, and mostly of another where they are people.
        bool isOfMachine = (shared & SharedParts.Machine) != 0;
        bool mayDiffer = isOfMachine ? (shared & (SharedParts.Process | SharedParts.Thread)) != 0 : (shared & SharedParts.User) != 0;
        return mayDiffer ? SharedParts.None : shared & ~SharedParts.User;
    }

    /// <summary>What a part is as a whole, as it is written or by what it stands for.</summary>
    private static SharedParts Leaf(IOperation part, CacheCall call, Body body) =>
        Kind(part, call, body) is not SharedParts.None and var kind ? kind : Kind(body.Resolved(part), call, body);

    private static SharedParts Kind(IOperation part, CacheCall call, Body body)
    {
        WellKnownTypes types = body.Knowledge.Types;
        if (part.ConstantValue.HasValue || IsEmptyText(part, body) || IsEmptyGuid(part, types) || IsTypeName(part) ||
            IsCallOfConstant(part, body))
        {
            return SharedParts.Constant;
        }

        (KnownMember Member, SharedParts Parts) named = Named.FirstOrDefault(one => types.IsUseOf(part, one.Member));
        return named.Parts != SharedParts.None ? named.Parts
            : IsOfKey(part, call, body) ? SharedParts.Key
            : SharedParts.None;
    }

    /// <summary>
    /// Whether an expression is a text that a type has for itself: <c>typeof(Jobs).FullName</c>, <c>GetType().Name</c> of the object whose
    /// code it is.
    /// </summary>
    public static bool IsTypeName(IOperation part) =>
        part is IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_String, Instance: { } type } && type switch
        {
            ITypeOfOperation { TypeOperand: not ITypeParameterSymbol } => true,
            IInvocationOperation { Instance: IInstanceReferenceOperation } call => WellKnownTypes.IsGetType(call.TargetMethod),
            _ => false,
        };

    /// <summary>Whether an expression is the framework's or a client's name for the empty text.</summary>
    public static bool IsEmptyText(IOperation part, Body body) => body.Knowledge.Types.IsUseOf(part, KnownMember.EmptyText) ||
        (part is IMemberReferenceOperation { Member: { } member } && body.Knowledge.Catalog.MeaningOf(member) == Meaning.EmptyText);

    /// <summary>Whether an expression is the GUID that is all zeros: <c>new Guid()</c> makes no new one.</summary>
    private static bool IsEmptyGuid(IOperation part, WellKnownTypes types) => part.WithoutConversions() switch
    {
        IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true } => types.Is(part.Type, KnownType.Guid),
        { } use => types.IsUseOf(use, KnownMember.EmptyGuid),
    };

    /// <summary>Whether an expression is a call of a helper that gives a constant.</summary>
    private static bool IsCallOfConstant(IOperation part, Body body) =>
        part is IInvocationOperation && body.Holds(part.Syntax) && body.Keys.Of(part) is { Kind: KeyKind.Text };

    private static bool IsOfKey(IOperation part, CacheCall call, Body body) =>
        body.Holds(part.Syntax) && IsPartOf(call.Key, body.Keys.Of(part));

    /// <summary>Whether what an expression is made of is all part of the key.</summary>
    private static bool IsPartOf(Key? key, Key? part) => key is not null && part is { Symbols: [_, ..] symbols } &&
        symbols.All(symbol => key.Symbols.Contains(symbol, SymbolEqualityComparer.Default));

    /// <summary>What a call is handed to put together; nothing where that is not known one by one.</summary>
    private static IReadOnlyList<IOperation> ListOf(ImmutableArray<IArgumentOperation> arguments) =>
        KeyTexts.PartsOf(arguments) is { } parts ? parts.ToArray() : [];

    /// <summary>The parts that a text is put together of.</summary>
    private static IReadOnlyList<IOperation> PartsOf(IOperation text, WellKnownTypes types) => text switch
    {
        IInterpolatedStringOperation { Parts: { } parts } =>
            [.. parts.OfType<IInterpolationOperation>().Select(static hole => hole.Expression)],
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
            [sum.LeftOperand, sum.RightOperand],
        IInvocationOperation { Arguments: [_, ..] arguments } call when types.Is(call.TargetMethod, KnownMember.Join) =>
            ListOf(arguments.RemoveAt(0)) is { Count: > 0 } joined ? [arguments[0].Value, .. joined] : [],
        IInvocationOperation call when types.Is(call.TargetMethod, KnownMember.Concat) =>
            ListOf(call.Arguments),
        IInvocationOperation call when
            types.Is(call.TargetMethod, KnownMember.SameText) || WellKnownTypes.IsToString(call.TargetMethod) =>
            [.. call.Arguments.Select(static argument => argument.Value).Concat(call.Instance is { } instance ? [instance] : [])],
        IInvocationOperation call when types.Is(call.TargetMethod, KnownMember.TextBytes) =>
            [.. call.Arguments.Select(static argument => argument.Value)],
        ICoalesceOperation { Value: { } value, WhenNull: { } otherwise } => [value, otherwise],
        IConditionalAccessOperation { WhenNotNull: { } accessed } => [accessed],
        _ => [],
    };
}
