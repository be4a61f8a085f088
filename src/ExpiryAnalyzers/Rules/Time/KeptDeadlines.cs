using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Time;

/// <summary>
/// Which sinks of one body get an instant that was read from the clock once and serves many writes: it is kept in a static or in a service
/// of the host, in an object that is, or in a local around code that runs again as long as the program does.
/// </summary>
internal sealed class KeptDeadlines
{
    /// <summary>The callback, its state, when it first goes off, and the time from one to the next.</summary>
    private const int TimerArguments = 4;

    /// <summary>How far calls are followed from one local function to the next.</summary>
    private const int MostRounds = 4;

    private readonly Body _body;
    private readonly WellKnownTypes _types;
    private readonly bool _isOfKeptObject;

    private SmallMap<Sink, TimeValue?> _found = new();
    private HashSet<ISymbol>? _handled;
    private bool? _endsMessages;

    private KeptDeadlines(Body body)
    {
        _body = body;
        _types = body.Knowledge.Types;
        _isOfKeptObject = body.Root is ISymbolInitializerOperation
            ? body.Member is IFieldSymbol or IPropertySymbol && body.Knowledge.Summaries.Outlives(body.Member)
            : body.Member is IMethodSymbol { MethodKind: MethodKind.StaticConstructor };
    }

    public static KeptDeadlines In(Body body) => body.Remember(static body => new KeptDeadlines(body));

    /// <summary>The value that arrives at a sink and was read once; null where there is none.</summary>
    public TimeValue? Find(Sink sink)
    {
        if (!_found.TryGetValue(sink, out TimeValue? value))
        {
            _found[sink] = value = sink.Values?.Alternatives.FirstOrDefault(value => IsKept(value, sink));
        }

        return value;
    }

    /// <summary>Whether a function of the body is a timer's or a handler's, and runs again as long as the program does.</summary>
    public bool IsRunAgain(IOperation function) => IsEndless(function);

    /// <summary>Whether a call, or a method that is handed on, is run by a timer or a handler.</summary>
    public bool IsRunByHandler(IOperation use) => (use is IMethodReferenceOperation && IsHandler(use)) || HandlerAround(use) is not null;

    private bool IsKept(TimeValue value, Sink sink)
    {
        if (value.IsKept)
        {
            // What a program looks at, it may renew.
            bool isInstant = value is { Shape: TimeShape.Instant } or { Shape: TimeShape.Count, IsEpoch: true };
            return !value.IsTested && sink.IsAbsolute == isInstant && !MembersIn(value.Source ?? sink.Value).Any(IsCompared);
        }

        if (!sink.IsAbsolute)
        {
            return value is { Origin: Origin.Difference, IsTested: false } && IsLeftOfKept(sink.Value);
        }

        if (value is not { Shape: TimeShape.Instant, Origin: Origin.ClockPlusOffset or Origin.Clock })
        {
            return false;
        }

        // An object that is kept is told the time where it is made; a call there is one write.
        return _isOfKeptObject
            ? IsOfObject(sink) && ReferenceEquals(_body.FunctionOf(sink.Value), _body.Root)
            : IsOfObjectHandedOn(sink) ||
                (value.Source is { } source && (IsReadBeforeRounds(source, sink.Value) || IsOfObjectForRounds(sink)));
    }

    /// <summary>Whether a TTL is what is left until an instant that was read from the clock before the rounds around it.</summary>
    private bool IsLeftOfKept(IOperation ttl)
    {
        if (ttl.WithoutConversions() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } left ||
            !_body.ValuesOf(left.RightOperand).All(static value => value.Origin == Origin.Clock))
        {
            return false;
        }

        TimeValues until = _body.ValuesOf(left.LeftOperand);
        return until.All(static value => value.Origin is Origin.Clock or Origin.ClockPlusOffset) &&
            until.Alternatives[0].Source is { } source && IsReadBeforeRounds(source, left.LeftOperand);
    }

    /// <summary>
    /// Whether a sink tells an object the time that becomes a setting of another type, or the only one of a container. A type's own
    /// static may be set anew, time and again.
    /// </summary>
    private bool IsOfObjectHandedOn(Sink sink) => IsOfObject(sink) &&
        (IsGivenAway(WholeAround(sink.Value)) || (HolderOf(sink.Value) is { } holder && _body.Assignments.Writes(holder) == 1 &&
            _body.Assignments.Reads(holder).Any(IsGivenAway)));

    /// <summary>The object of which an expression sets a time, as far as one expression makes it.</summary>
    private IOperation WholeAround(IOperation set)
    {
        IOperation whole = set;
        for (IOperation? around = set.Parent;
            around is not (null or IBlockOperation or IVariableDeclaratorOperation or IAnonymousFunctionOperation);
            around = around.Parent)
        {
            bool isObject = around is IObjectCreationOperation or IInvocationOperation && _body.Knowledge.Catalog.IsOptions(around.Type);
            whole = isObject ? around : whole;
        }

        return whole;
    }

    /// <summary>Whether an object becomes a static setting of another type, or a container's.</summary>
    private bool IsGivenAway(IOperation given)
    {
        IOperation? around = given.Parent;
        while (around is IConversionOperation or IArgumentOperation)
        {
            around = around.Parent;
        }

        return around switch
        {
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: { IsStatic: true } setting } } =>
                !SymbolEqualityComparer.Default.Equals(setting.ContainingType, _body.Member?.ContainingType),
            IInvocationOperation call => _types.Is(call.TargetMethod, KnownMember.AddSingleton),
            _ => false,
        };
    }

    /// <summary>Whether a sink tells an object the time that is made once and used in code that runs as long as the program does.</summary>
    private bool IsOfObjectForRounds(Sink sink) => IsOfObject(sink) && HolderOf(sink.Value) is { } holder &&
        _body.Assignments.Writes(holder) == 1 && _body.Knowledge.Catalog.IsOptions(holder.Type) &&
        _body.Assignments.Reads(holder).Any(read => RoundsAround(read) is { } rounds && !Contains(rounds, sink.Value));

    private static bool Contains(IOperation around, IOperation operation) =>
        operation.Syntax.SyntaxTree == around.Syntax.SyntaxTree && around.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>The local that is given the object of which an expression sets a time.</summary>
    private static ILocalSymbol? HolderOf(IOperation set)
    {
        IOperation? around = set.Parent;
        while (around is not (null or IBlockOperation or IVariableDeclaratorOperation or IAnonymousFunctionOperation))
        {
            if (around is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: ILocalReferenceOperation local } })
            {
                return local.Local;
            }

            around = around.Parent;
        }

        return (around as IVariableDeclaratorOperation)?.Symbol;
    }

    /// <summary>The code around an operation that runs as long as the program does.</summary>
    private IOperation? RoundsAround(IOperation operation)
    {
        IOperation? rounds = operation;
        while (rounds is not null && !IsEndless(rounds))
        {
            rounds = rounds.Parent;
        }

        return rounds;
    }

    /// <summary>Whether a sink tells an object the time, by a property or by a call that gives the object back.</summary>
    private bool IsOfObject(Sink sink) =>
        sink.Call is null || _body.Knowledge.Catalog.IsOptions(sink.Call.Operation.TargetMethod.ReturnType);

    private static IEnumerable<ISymbol> MembersIn(IOperation? source) =>
        (source?.DescendantsAndSelf() ?? []).OfType<IMemberReferenceOperation>().Select(static reference => reference.Member);

    /// <summary>Whether the type that declares a member compares it with something.</summary>
    private bool IsCompared(ISymbol member)
    {
        Knowledge knowledge = _body.Knowledge;
        ComparedNames compared = knowledge.Remember(static knowledge => new ComparedNames(knowledge.CancellationToken));
        return member.IsOfSource(knowledge.Catalog.Compilation) && compared.AreIn(member.ContainingType, member.Name);
    }

    /// <summary>
    /// Whether the clock is read outside of code around the sink that runs as long as the program does, and the locals that bring the
    /// reading there are compared with nothing.
    /// </summary>
    private bool IsReadBeforeRounds(IOperation source, IOperation time)
    {
        if (RoundsAround(time) is not { } rounds)
        {
            return false;
        }

        // until.UtcDateTime is another form of what was read before.
        source = Contains(rounds, source) ? ReadingBehind(time) ?? source : source;
        if (source.Syntax.SyntaxTree != rounds.Syntax.SyntaxTree || Contains(rounds, source) ||
            !_body.Root.Syntax.Span.Contains(source.Syntax.Span))
        {
            return false;
        }

        ILocalSymbol[] locals = [.. time.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(static local => local.Local)];
        return locals.Length > 0 && locals.All(local => _body.Assignments.Writes(local) == 1 &&
            !_body.Assignments.Reads(local).Any(IsPartOfComparison));
    }

    /// <summary>
    /// The only value of the local of which an expression is another form: a property, a call without arguments, or with a span added.
    /// </summary>
    private IOperation? ReadingBehind(IOperation time)
    {
        IOperation? form = time;
        while (form is not (null or ILocalReferenceOperation))
        {
            form = form switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                IPropertyReferenceOperation property => property.Instance,
                IInvocationOperation { Arguments.IsEmpty: true } call => call.Instance,
                IInvocationOperation call when _types.Is(call.TargetMethod, KnownMember.AddToInstant) => call.Instance,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => sum.LeftOperand,
                _ => null,
            };
        }

        return form is ILocalReferenceOperation local ? _body.Assignments.OnlyValue(local.Local) : null;
    }

    private static bool IsPartOfComparison(IOperation read)
    {
        IOperation? current = read.Parent;
        while (current is IConversionOperation or IParenthesizedOperation or IMemberReferenceOperation or
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract })
        {
            current = current.Parent;
        }

        return current is IBinaryOperation { OperatorKind: not BinaryOperatorKind.Add };
    }

    /// <summary>Whether an operation runs what is in it again, as long as the program does.</summary>
    private bool IsEndless(IOperation operation) => operation switch
    {
        IAnonymousFunctionOperation lambda => IsHandler(lambda),
        ILocalFunctionOperation function => HandledFunctions.Contains(function.Symbol),
        IWhileLoopOperation { Condition: { } condition } loop => IsOfHost(condition) && !IsLeft(loop),
        IForLoopOperation { Condition: null } loop => !IsLeft(loop),
        IForEachLoopOperation { IsAsynchronous: true } loop => IsOfChannel(loop.Collection) && !IsLeft(loop),
        _ => false,
    };

    /// <summary>Whether a sequence is what comes through a channel, as long as the program writes to it.</summary>
    private bool IsOfChannel(IOperation sequence)
    {
        IOperation given = sequence.WithoutConversions();
        given = _types.ReceiverOf(given, KnownMember.ConfigureAwait) ?? given;
        return _types.IsUseOf(given, KnownMember.ReadAll);
    }

    /// <summary>The local functions that are handed on as handlers, or are called by handlers alone.</summary>
    private HashSet<ISymbol> HandledFunctions => _handled ?? FindHandled();

    private HashSet<ISymbol> FindHandled()
    {
        HashSet<ISymbol> referenced = new(SymbolEqualityComparer.Default);
        _handled = new(SymbolEqualityComparer.Default);
        foreach (IMethodReferenceOperation reference in _body.Operations.OfType<IMethodReferenceOperation>())
        {
            referenced.Add(reference.Method);
            if (reference.Method.MethodKind == MethodKind.LocalFunction && IsHandler(reference))
            {
                _handled.Add(reference.Method);
            }
        }

        IInvocationOperation[][] others =
        [
            .. _body.Operations.OfType<IInvocationOperation>()
                .Where(call => call.TargetMethod.MethodKind == MethodKind.LocalFunction && !referenced.Contains(call.TargetMethod))
                .GroupBy(static call => call.TargetMethod, (_, calls) => calls.ToArray(), SymbolEqualityComparer.Default),
        ];

        // One that handlers call may call another.
        for (int before = -1, round = 0; before != _handled.Count && round < MostRounds; round++)
        {
            before = _handled.Count;
            _handled.UnionWith(others.Where(calls => Array.TrueForAll(calls, call => HandlerAround(call) is not null))
                .Select(static calls => calls[0].TargetMethod));
        }

        return _handled;
    }

    /// <summary>The handler that an operation is part of.</summary>
    private IOperation? HandlerAround(IOperation operation)
    {
        IOperation? around = operation;
        while (around is not null && !(around is IAnonymousFunctionOperation or ILocalFunctionOperation && IsEndless(around)))
        {
            around = around.Parent;
        }

        return around;
    }

    /// <summary>
    /// Whether a lambda or local function is a timer's that goes off again, an endpoint's, or what the top level of a program hands on for
    /// each message.
    /// </summary>
    private bool IsHandler(IOperation function)
    {
        IOperation? holder = function.HolderOfDelegate();
        IOperation? around = holder is IArgumentOperation ? holder.Parent : holder;
        bool isTopLevel = _body.Root.Syntax is CompilationUnitSyntax;
        return around switch
        {
            IObjectCreationOperation creation => _types.Is(creation.Type, KnownTypes.CallbackTimers) && !GoesOffOnce(creation.Arguments),
            IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { } handled } } =>
                isTopLevel || _types.Is(handled.ContainingType, KnownTypes.Timers),
            IInvocationOperation call => HandsOver(call) || (isTopLevel && NameHints.Handlers.Fits(call.TargetMethod.Name)),
            _ => false,
        };
    }

    /// <summary>Whether a call has a function run again and again: by a timer, or for each request or message.</summary>
    private bool HandsOver(IInvocationOperation call) => (_types.Is(call.Type, KnownType.ITimer) && !GoesOffOnce(call.Arguments)) ||
        _types.Is(call.TargetMethod, KnownMember.MapEndpoint) || _types.Is(call.TargetMethod, KnownMember.Middleware) ||
        IsSubscription(call);

    /// <summary>Whether a call has messages handed to a function, and nothing in the body ends that.</summary>
    private bool IsSubscription(IInvocationOperation call) => _types.Is(call.TargetMethod, KnownMember.OnMessage) &&
        !(_endsMessages ??= _body.Operations.Any(other => _types.IsUseOf(other, KnownMember.EndOfMessages)));

    /// <summary>Whether a timer is given no period: of its two times the last, -1 for none.</summary>
    private bool GoesOffOnce(ImmutableArray<IArgumentOperation> arguments) => arguments.Length == TimerArguments &&
        arguments.OrderBy(static argument => argument.Parameter?.Ordinal).Last().Value is var period &&
        _body.ValuesOf(period).All(static value => value.Constant < 0);

    /// <summary>Whether a loop goes on until the host ends: for ever, until a token says so, from one tick to the next.</summary>
    private bool IsOfHost(IOperation condition) => condition.ConstantValue is { HasValue: true, Value: true } ||
        condition.DescendantsAndSelf().Any(part => part switch
        {
            IPropertyReferenceOperation { Property.ContainingType: { } type } => _types.Is(type, KnownType.CancellationToken),
            IInvocationOperation call => NameHints.Waits.Fits(call.TargetMethod.Name),
            _ => false,
        });

    /// <summary>Whether code in a loop leaves it otherwise than by an exception.</summary>
    private bool IsLeft(ILoopOperation loop) => loop.Body.Descendants().Any(part =>
        part is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } &&
        ReferenceEquals(_body.FunctionOf(part), _body.FunctionOf(loop)));

    /// <summary>The names that stand in comparisons of a type. Looked for in the text alone, once for each type; thread-safe.</summary>
    private sealed class ComparedNames(CancellationToken cancellationToken)
    {
        private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _names =
            new(SymbolEqualityComparer.Default);

        public bool AreIn(INamedTypeSymbol type, string name) => _names.GetOrAdd(type.OriginalDefinition, NamesIn).Contains(name);

        private HashSet<string> NamesIn(INamedTypeSymbol type)
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
            {
                cancellationToken.ThrowIfCancellationRequested();
                names.UnionWith(reference.GetSyntax(cancellationToken).DescendantNodes().OfType<BinaryExpressionSyntax>()
                    .Where(static binary => binary.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or
                        SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression)
                    .SelectMany(static binary => binary.DescendantNodes().OfType<IdentifierNameSyntax>())
                    .Select(static name => name.Identifier.ValueText));
            }

            return names;
        }
    }
}
