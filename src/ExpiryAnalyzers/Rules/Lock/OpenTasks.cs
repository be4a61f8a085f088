using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        if (IsLeftRunning(call))
        {
            return new(call, null, int.MaxValue);
        }

        if ((!_types.IsTask(call.Type) && !AreTasks(call)) || _types.Is(call.TargetMethod, KnownMember.Ended))
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
            IArgumentOperation { Parent: IInvocationOperation { Instance: ILocalReferenceOperation { Local: { } list } } add }
                when _types.Is(add.TargetMethod, KnownMember.AddElement) => Listed(list, call),
            _ => null,
        };
    }

    /// <summary>
    /// Whether a call starts work whose task nobody can wait for, or only for its start: a lambda that a loop runs as <c>async void</c>,
    /// the task in the task that <c>StartNew</c> gives, work for the thread pool or a thread, a method that is <c>async void</c>.
    /// </summary>
    private bool IsLeftRunning(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (_types.Is(method, KnownMember.StartNew))
        {
            return IsOfTask(call) && IsStartWaitedFor(call);
        }

        if (_types.Is(method, KnownMember.ForEach))
        {
            return call.Arguments.Lambdas().Any(IsLeftAtAwait);
        }

        return _types.Is(method, KnownMember.QueueWork) ? !call.Arguments.Lambdas().Any(Signals)
            : _types.Is(method, KnownMember.StartThread) ? IsNeverJoined(call)
            : method is { IsAsync: true, ReturnsVoid: true };
    }

    /// <summary>Whether a call starts a thread that is made here, and that nothing can wait for, nor for an event in its work.</summary>
    private bool IsNeverJoined(IInvocationOperation start)
    {
        if (start.Instance?.WithoutConversions() is not { } thread || _body.Resolved(thread) is not IObjectCreationOperation made ||
            made.Arguments.Lambdas().Any(Signals))
        {
            return false;
        }

        return thread is IObjectCreationOperation ||
            (thread is ILocalReferenceOperation { Local: { } held } && _body.Assignments.Reads(held).All(IsSet));

        bool IsSet(IOperation read) => read.Parent is IPropertyReferenceOperation property
            ? property.Parent is ISimpleAssignmentOperation set && ReferenceEquals(set.Target, property)
            : _types.IsUseOf(read.Parent!, KnownMember.StartThread);
    }

    private static bool IsLeftAtAwait(IAnonymousFunctionOperation lambda) => lambda.Symbol is { IsAsync: true, ReturnsVoid: true } &&
        lambda.Descendants().Any(static part => part is IAwaitOperation);

    private bool IsOfTask(IInvocationOperation call) => call.Type is { } type && _types.IsTask(_types.AwaitedResultOf(type));

    /// <summary>Whether a call's task is waited for once, as a statement, so that the task which it gives is dropped.</summary>
    private bool IsStartWaitedFor(IInvocationOperation call)
    {
        bool isChosen = call.Parent is IInvocationOperation chosen && _types.Is(chosen.TargetMethod, KnownMember.ConfigureAwait);
        IOperation? wait = isChosen ? call.Parent!.Parent : call.Parent;
        return wait is IAwaitOperation or IInvocationOperation && wait.Parent is IExpressionStatementOperation &&
            (wait is IAwaitOperation || _types.IsUseOf(wait, KnownMember.Wait));
    }

    /// <summary>Whether work tells by an event or the like that it has ended, which the code may wait for.</summary>
    private static bool Signals(IAnonymousFunctionOperation work) => work.Descendants().OfType<IInvocationOperation>()
        .Any(static call => KnownNamespace.Threading.Holds(call.TargetMethod.ContainingType));

    /// <summary>Whether a call starts a task for each of several elements, and gives them together.</summary>
    private bool AreTasks(IInvocationOperation call) => _types.ReceiverOf(call, KnownMember.SameElements) is { } query &&
        _types.IsUseOf(query.WithoutConversions(), KnownMember.Select) && call.Type switch
        {
            IArrayTypeSymbol { ElementType: { } element } => _types.IsTask(element),
            INamedTypeSymbol { TypeArguments: [{ } element] } list => _types.Is(list, KnownType.ListOf) && _types.IsTask(element),
            _ => false,
        };

    /// <summary>A task in a list of the caller's, who waits for it once the function is left.</summary>
    private OpenTask Given(IParameterSymbol list, IInvocationOperation add, IInvocationOperation call)
    {
        int waitedAt = _body.Assignments.Reads(list).Select(static read => read.Syntax.SpanStart)
            .Where(start => start >= add.Syntax.Span.End).DefaultIfEmpty(int.MaxValue).Min();
        return new(call, null, waitedAt);
    }

    /// <summary>
    /// A task in a list of the function's own: whatever else reads the list may wait for it, in a loop also where it stands before.
    /// </summary>
    private OpenTask? Listed(ILocalSymbol list, IInvocationOperation call)
    {
        DefUse values = _body.Assignments;
        bool isMade = values.OnlyValue(list)?.WithoutConversions() is { } made &&
            (made is IObjectCreationOperation || made.Syntax is CollectionExpressionSyntax);
        IOperation[] looks = [.. values.Reads(list).Where(read => !_types.IsUseOf(read.Parent, KnownMember.AddElement))];
        IOperation function = _body.Places.Of(call).Function;
        return isMade && !values.IsAliased(list) && looks.All(look => ReferenceEquals(_body.Places.Of(look).Function, function))
            ? new(call, null, looks.Select(static look => look.Syntax.SpanStart).DefaultIfEmpty(int.MaxValue).Min())
            : null;
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
