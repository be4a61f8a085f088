using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A call with whose task the code goes on before the task has ended.</summary>
/// <param name="Call">The call.</param>
/// <param name="Left">Where a function that cannot wait is left with the task; null where it is not.</param>
/// <param name="WaitedAt">Where else the task is looked at first; the greatest number where it never is.</param>
internal sealed record OpenTask(IInvocationOperation Call, IReturnOperation? Left, int WaitedAt);

/// <summary>The calls of one body with whose tasks the code goes on, sorted by position: found in one walk.</summary>
internal sealed class OpenTasks
{
    private readonly Body _body;
    private readonly WellKnownTypes _types;

    public OpenTasks(Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        All = [.. body.Operations.OfType<IInvocationOperation>().Select(Read).OfType<OpenTask>()
            .OrderBy(static open => open.Call.Syntax.SpanStart)];
    }

    public IReadOnlyList<OpenTask> All { get; }

    /// <summary>Whether a function may wait for tasks.</summary>
    private bool IsAsync(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync,
        ILocalFunctionOperation local => local.Symbol.IsAsync,
        _ => _body.Member is not IMethodSymbol { IsAsync: false },
    };

    private OpenTask? Read(IInvocationOperation call)
    {
        if (!_types.IsTask(call.Type) || _types.Is(call.TargetMethod, KnownMember.Ended))
        {
            return null;
        }

        IOperation value = ChosenFrom(call);
        return value.Parent switch
        {
            IReturnOperation left => Returned(left, call),
            IExpressionStatementOperation => new(call, null, int.MaxValue),
            ISimpleAssignmentOperation { Target: IDiscardOperation } => new(call, null, int.MaxValue),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => Kept(declarator.Symbol, call),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } =>
                Kept(target.Local, call),
            IArgumentOperation { Parent: IInvocationOperation { Instance: IParameterReferenceOperation { Parameter: { } list } } add }
                when _types.Is(add.TargetMethod, KnownMember.AddElement) => Given(list, add, call),
            _ => null,
        };
    }

    /// <summary>A task in a list of the caller's, who waits for it once the function is left.</summary>
    private OpenTask Given(IParameterSymbol list, IInvocationOperation add, IInvocationOperation call)
    {
        int waitedAt = _body.Assignments.Reads(list).Select(static read => read.Syntax.SpanStart)
            .Where(start => start >= add.Syntax.Span.End).DefaultIfEmpty(int.MaxValue).Min();
        return new(call, null, waitedAt);
    }

    private OpenTask? Returned(IReturnOperation left, IInvocationOperation call) =>
        IsAsync(_body.Places.Of(call).Function) ? null : new(call, left, int.MaxValue);

    /// <summary>A task in a variable that holds nothing else, and that no other function sees.</summary>
    private OpenTask? Kept(ILocalSymbol local, IInvocationOperation call)
    {
        if (_body.Assignments.Writes(local) != 1 || _body.Assignments.IsAliased(local) || _body.Assignments.IsShared(local))
        {
            return null;
        }

        IReturnOperation? left = null;
        int waitedAt = int.MaxValue;
        bool isAsync = IsAsync(_body.Places.Of(call).Function);
        foreach (IOperation read in _body.Assignments.Reads(local))
        {
            if (!isAsync && ChosenFrom(read).Parent is IReturnOperation returned)
            {
                left ??= returned;
            }
            else
            {
                waitedAt = Math.Min(waitedAt, read.Syntax.SpanStart);
            }
        }

        return new(call, left, waitedAt);
    }

    /// <summary>The expression that gives a value on, perhaps as one of several, or wrapped in a task of another type.</summary>
    private IOperation ChosenFrom(IOperation value)
    {
        IOperation chosen = value;
        while (chosen.Parent is { } outer && (IsOneOf(outer, chosen) || IsWrappedIn(outer)))
        {
            chosen = outer;
        }

        return chosen;
    }

    private static bool IsOneOf(IOperation outer, IOperation chosen) => outer is IConversionOperation or IParenthesizedOperation or
        ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation ||
        (outer is IConditionalOperation { Type: not null } choice && !ReferenceEquals(choice.Condition, chosen));

    /// <summary>Whether an operation makes a task of a task, or is the argument of one that does: <c>new ValueTask(task)</c>.</summary>
    private bool IsWrappedIn(IOperation outer) => outer is IObjectCreationOperation creation ? _types.IsTask(creation.Type)
        : outer is IArgumentOperation { Parent: IObjectCreationOperation around } && _types.IsTask(around.Type);
}
