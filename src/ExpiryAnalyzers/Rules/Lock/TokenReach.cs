using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>Which work a token ends: what it is handed to, and what asks for it.</summary>
internal static class TokenReach
{
    /// <summary>What is read of a source or token: <c>source.Token</c>, <c>token.IsCancellationRequested</c>.</summary>
    public static IOperation Whole(IOperation read)
    {
        IOperation whole = read;
        while (whole.Parent is IPropertyReferenceOperation or IConversionOperation or IParenthesizedOperation)
        {
            whole = whole.Parent;
        }

        return whole;
    }

    /// <summary>
    /// Whether a source or token is handed to a call that gives a task, or linked to a source in a variable, and not asked for, listened to
    /// or kept: what else takes it may hand it on to any call.
    /// </summary>
    public static bool IsHandedToTask(IOperation read, WellKnownTypes types) =>
        Whole(read).Parent is IArgumentOperation { Parent: IInvocationOperation call } && (types.IsTask(call.Type) ||
            (types.Is(call.Type, KnownType.CancellationTokenSource) && call.Parent is IVariableInitializerOperation));

    /// <summary>
    /// The call of a method of the user's own that is handed a source's token and makes nothing of it, although it does work; null where
    /// the token goes elsewhere, the method is not in view, or it is handed code that may know the token.
    /// </summary>
    public static IInvocationOperation? IgnoredBy(IOperation read, Body body)
    {
        if (Whole(read).Parent is not IArgumentOperation { Parameter: { } given, Parent: IInvocationOperation call } ||
            !body.Knowledge.Types.Is(given.Type, KnownType.CancellationToken) || LimitedCalls.IsHandedCode(call))
        {
            return null;
        }

        Summaries summaries = body.Knowledge.Summaries;
        IMethodSymbol? method = summaries.MethodOf(call);
        return method?.Parameters.Length > given.Ordinal && summaries.RootOf(method) is { } root &&
            IsIgnored(method.Parameters[given.Ordinal], root, body.Knowledge.Types) ? call : null;
    }

    private static bool IsIgnored(IParameterSymbol token, IOperation root, WellKnownTypes types)
    {
        bool works = false;
        foreach (IOperation part in root.Descendants())
        {
            if (part is IParameterReferenceOperation { Parameter: { } named } &&
                SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, token.OriginalDefinition))
            {
                return false;
            }

            works = works || (part is IInvocationOperation call && LockCode.IsWork(call, types));
        }

        return works;
    }

    /// <summary>
    /// Whether a call is waited for, and none of the tokens that are handed to calls at some places can end the wait: its statement, with
    /// the functions of the body that it calls, names no token, and no loop around leads to one. What only cleans up is meant to run to its
    /// end.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="tokens">Where tokens are handed to calls.</param>
    /// <param name="outer">The loop around all of the work, whose rounds each take the lock anew.</param>
    /// <param name="body">The body.</param>
    public static bool Misses(IInvocationOperation call, IReadOnlyList<TextSpan> tokens, ILoopOperation? outer, Body body)
    {
        WellKnownTypes types = body.Knowledge.Types;
        if (!types.IsTask(call.Type) || !IsAwaited(call) || body.Places.Of(call) is { IsInCatch: true } or { IsInFinally: true })
        {
            return false;
        }

        IOperation statement = StatementOf(call);
        ILoopOperation? loop = body.Places.Of(call).Loop;
        TextSpan around = loop is null || ReferenceEquals(loop, outer) ? statement.Syntax.Span : loop.Syntax.Span;
        return !tokens.Any(token => around.Contains(token)) &&
            !statement.DescendantsAndSelf().Any(part => IsToken(part, types) || CodeOf(part, body).Any(inner => IsToken(inner, types)));
    }

    /// <summary>The code of the local function, or of the lambda in a variable, that an operation calls.</summary>
    private static IEnumerable<IOperation> CodeOf(IOperation part, Body body)
    {
        IOperation? run = part switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } local } => body.Functions.Of(local)?.Root,
            IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } work } =>
                body.Resolved(work).AsLambda(),
            _ => null,
        };
        return run?.Descendants() ?? [];
    }

    private static bool IsAwaited(IOperation call)
    {
        for (IOperation? around = call.Answer(); around is not null && !ReferenceEquals(around, call); around = Awaited(around))
        {
            if (around is IAwaitOperation)
            {
                return true;
            }
        }

        return false;

        static IOperation? Awaited(IOperation around) => around switch
        {
            IInvocationOperation { Instance: { } instance } => instance,
            IConversionOperation conversion => conversion.Operand,
            IParenthesizedOperation parenthesized => parenthesized.Operand,
            _ => null,
        };
    }

    private static IOperation StatementOf(IOperation call)
    {
        IOperation statement = call;
        while (!Places.IsStatement(statement) && statement.Parent is { } around)
        {
            statement = around;
        }

        return statement;
    }

    /// <summary>Whether an expression is a token or its source. What stands for no token, and what is left out, is none.</summary>
    private static bool IsToken(IOperation part, WellKnownTypes types) =>
        part is not (IDefaultValueOperation or IConversionOperation) &&
        !(part is IPropertyReferenceOperation none && types.Is(none.Property.ContainingType, KnownType.CancellationToken)) &&
        (types.Is(part.Type, KnownType.CancellationToken) || types.Is(part.Type, KnownType.CancellationTokenSource));
}
