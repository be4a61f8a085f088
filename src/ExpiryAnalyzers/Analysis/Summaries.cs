using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What a method of the user's own does with what it is handed.</summary>
/// <param name="Method">The method whose body runs.</param>
/// <param name="Sinks">The parameters that reach a sink unchanged.</param>
/// <param name="Calls">The client's calls on keys that the caller can name too: made of parameters, fields and constants.</param>
/// <param name="Scripts">The scripts and raw commands, on keys of the same sort, of which is known what they can touch.</param>
/// <param name="Locks">The locks that it takes for its callers.</param>
internal sealed record MethodSummary(
    IMethodSymbol Method,
    IReadOnlyList<HandedOn> Sinks,
    IReadOnlyList<CacheCall> Calls,
    IReadOnlyList<CacheCall> Scripts,
    IReadOnlyList<HeldLock> Locks);

/// <summary>A parameter that reaches a sink, as it is or after a known conversion.</summary>
/// <param name="Parameter">The parameter's ordinal.</param>
/// <param name="Sink">The sink.</param>
/// <param name="Unit">The unit in which a parameter that is a number is read.</param>
/// <param name="IsStored">Whether the object keeps the value and hands it on later.</param>
/// <param name="IsTested">Whether the value's length is compared with another on the way.</param>
/// <param name="Passage">What becomes of an instant on the way.</param>
internal sealed record HandedOn(int Parameter, Sink Sink, TimeUnit Unit, bool IsStored, bool IsTested, Passage Passage);

/// <summary>What the text of a method says of its reach.</summary>
[Flags]
internal enum Reach
{
    None = 0,

    /// <summary>It names a member of a client.</summary>
    Client = 1,

    /// <summary>It names one that gives a key a TTL.</summary>
    Expire = 2,

    /// <summary>It names one that answers when a key dies.</summary>
    Instant = 4,

    /// <summary>It names one that takes a lock, or may.</summary>
    Lock = 8,
}

/// <summary>
/// What the small members of the compilation's own source yield and do. Asked for on demand and kept for the compilation.
/// A question may reach <see cref="MaxDepth"/> calls deep, which also ends recursion; the depth left is part of the key under which
/// an answer is kept, so that answers do not depend on who asked first. Thread-safe.
/// </summary>
internal sealed class Summaries(Knowledge knowledge, int depth, CancellationToken cancellationToken)
{
    /// <summary>How many calls deep members are looked into.</summary>
    public const int MaxDepth = 3;

    /// <summary>Longer members, in characters of source, are not looked into.</summary>
    private const int MaxLength = 4000;

    /// <summary>Longer types, in characters of source, are not searched for writes to a field.</summary>
    private const int MaxTypeLength = 40_000;

    /// <summary>How many calls deep the text of a method that is handed a time is looked through for a client.</summary>
    private const int MaxLook = 2;

    private readonly Implementations _implementations = new(knowledge.Catalog.Compilation, isOff: depth == 0, cancellationToken);
    private readonly ConcurrentDictionary<(ISymbol, int), TimeValues?> _values = new();
    private readonly ConcurrentDictionary<(IMethodSymbol, ResultPart, int), TimeValues?> _parts = new();
    private readonly ConcurrentDictionary<(IMethodSymbol, int), MethodSummary?> _wrappers = new();
    private readonly ConcurrentDictionary<IMethodSymbol, Sink?> _slidings = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Reach> _mayReach = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _returns = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _holders = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _settled = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>How many calls deep a body may ask.</summary>
    public int Depth { get; } = depth;

    /// <summary>The values of a field that is written once: of a readonly one, or a private one, with one visible initialiser.</summary>
    public TimeValues? ValueOf(IFieldSymbol field, int depth) => depth == 0 || !IsTime(field.Type) || !IsSettled(field)
        ? null
        : Cached(field, depth, static (self, member, left) => self.Stored(member, left));

    /// <summary>The values of a property: of its getter, or of the one initialiser of a get-only property.</summary>
    public TimeValues? ValueOf(IPropertySymbol property, int depth)
    {
        if (depth == 0 || !IsTime(property.Type) || property.Parameters.Length > 0 || _implementations.Of(property) is not { } known)
        {
            return null;
        }

        return Cached(known, depth, static (self, member, left) => ((IPropertySymbol)member).GetMethod is { } getter && self.GraphOf(getter) is { } graph
            ? self.Returned(graph.Root, graph.Graph, left)
            : ((IPropertySymbol)member).SetMethod is null ? self.Stored(member, left) : null);
    }

    /// <summary>The values that a call of a method of this compilation yields.</summary>
    public TimeValues? ValueOf(IInvocationOperation invocation, int depth, Func<IOperation, TimeValues> argumentValues) => depth == 0 || !IsTime(invocation.Type) || _implementations.Of(invocation) is not { } method
        ? null
        : AtCall(invocation, method, Cached(method, depth, static (self, member, left) => self.GraphOf((IMethodSymbol)member) is { } graph ? self.Returned(graph.Root, graph.Graph, left) : null), argumentValues);

    /// <summary>The values that a call of a method of this compilation yields as one element of a tuple, or through an <c>out</c> parameter.</summary>
    public TimeValues? ValueOf(IInvocationOperation invocation, ResultPart part, int depth, Func<IOperation, TimeValues> argumentValues)
    {
        if (depth == 0 || _implementations.Of(invocation) is not { } method || !IsTime(part.TypeIn(method)))
        {
            return null;
        }

        if (!_parts.TryGetValue((method, part, depth), out TimeValues? values))
        {
            values = GraphOf(method) is { } graph ? Returned(graph.Root, graph.Graph, depth - 1, part) : null;
            _parts[(method, part, depth)] = values;
        }

        return AtCall(invocation, method, values, argumentValues);
    }

    /// <summary>What a method yields, in terms of a call of it: a parameter that comes back unchanged, or as a time of so many units, is the argument.</summary>
    private static TimeValues? AtCall(IInvocationOperation invocation, IMethodSymbol method, TimeValues? values, Func<IOperation, TimeValues> argumentValues)
    {
        TimeValues? result = null;
        foreach (TimeValue value in values?.Alternatives ?? [])
        {
            TimeValues next = value;
            if (value.Parameter is { } parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))
            {
                // A default that the caller leaves to the method, and gets back, stands for no time at all.
                TimeValues given = invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } argument &&
                    !(argument.ArgumentKind == ArgumentKind.DefaultValue && argument.Value.WithoutConversions() is IDefaultValueOperation)
                    ? argumentValues(argument.Value)
                    : TimeValues.Unknown;
                next = value.ReadAs != TimeUnit.Unknown ? given.Select(number => TimeArithmetic.Read(number, value))
                    : given.Select(handed => TimeArithmetic.Passed(handed, value.Passage, invocation));
            }

            result = result is null ? next : result.Join(next);
        }

        return result;
    }

    /// <summary>What the method that a call runs does with its parameters; null where it hands none to a client, or is not known.</summary>
    public MethodSummary? WrapperOf(IInvocationOperation invocation, int depth)
    {
        // : base(database, ttl)
        if (invocation.TargetMethod.MethodKind == MethodKind.Constructor)
        {
            return MakerOf(invocation.TargetMethod, depth);
        }

        return depth > 0 && _implementations.Of(invocation) is { } known && ReachOf(known) != Reach.None
            ? _wrappers.GetOrAdd((known, depth), key => Wrap(key.Item1, key.Item2))
            : null;
    }

    /// <summary>What an object does with what a constructor is given; null where it hands none to a client.</summary>
    public MethodSummary? MakerOf(IMethodSymbol constructor, int depth) => depth > 0 && MayHandOn(constructor)
        ? _wrappers.GetOrAdd((constructor.OriginalDefinition, depth), key => Construct(key.Item1, key.Item2))
        : null;

    /// <summary>Whether a call may hand a time, or a number of units, to a client: the cheap test before the method's body is bound.</summary>
    public bool MayHandOn(IInvocationOperation invocation) => invocation.TargetMethod.MethodKind == MethodKind.Constructor
        ? MayHandOn(invocation.TargetMethod)
        : (invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod).Parameters.Any(parameter => IsTime(parameter.Type)) && MayReach(invocation) != Reach.None;

    /// <summary>Whether an object may hand a time, or a number of units, that it is made with to a client.</summary>
    public bool MayHandOn(IMethodSymbol constructor)
    {
        constructor = constructor.OriginalDefinition;
        return constructor.Parameters.Any(IsForTime) && !constructor.DeclaringSyntaxReferences.IsEmpty && _holders.GetOrAdd(constructor.ContainingType, type => IsHolder((INamedTypeSymbol)type));
    }

    /// <summary>How far a call may reach towards a client through source that is in view.</summary>
    public Reach MayReach(IInvocationOperation invocation) => _implementations.Of(invocation) is { } known ? ReachOf(known) : Reach.None;

    /// <summary>How far a call of the method may reach towards a client through source that is in view.</summary>
    public Reach MayReach(IMethodSymbol method) => _implementations.Of(method) is { } known ? ReachOf(known) : Reach.None;

    private Reach ReachOf(IMethodSymbol known) => _mayReach.GetOrAdd(known, Look);

    /// <summary>The expression that a get-only property of the source stands for.</summary>
    public IOperation? GetterOf(IPropertySymbol property) => property.SetMethod is null && _implementations.Of(property) is { SetMethod: null, GetMethod: { } getter }
        ? _returns.GetOrAdd(getter, method => GraphOf(method)?.Root is { } root ? SingleReturn(root) : null)
        : null;

    /// <summary>The sliding expiration of the options that a method makes and returns.</summary>
    public Sink? SlidingOf(IMethodSymbol method)
    {
        return _implementations.Of(method) is { } known && MayReach(known) != Reach.None ? _slidings.GetOrAdd(known, key => Sliding(key)) : null;
    }

    /// <summary>The body of a method that a call of it certainly runs, with its graph.</summary>
    public (IOperation Root, ControlFlowGraph Graph)? BodyOf(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(_implementations.Of(method), method) ? GraphOf(method) : null;

    /// <summary>Whether the text of a method names a member of a client, be the method replaceable or not.</summary>
    public bool NamesClient(IMethodSymbol method) => LookAtText(method, MaxLength * 4) != Reach.None;

    /// <summary>The operation of a method's body.</summary>
    public IOperation? RootOf(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [{ } reference] && reference.Span.Length <= MaxLength * 4 && reference.GetSyntax(cancellationToken) is var syntax
            ? ModelOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellationToken)
            : null;

    /// <summary>The expression that a call of a method of the source stands for, where its body is nothing but that.</summary>
    public IOperation? ReturnOf(IMethodSymbol method)
    {
        return _implementations.Of(method) is { } known ? _returns.GetOrAdd(known, key => GraphOf(key)?.Root is { } root ? SingleReturn(root) : null) : null;
    }

    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    public IMethodSymbol? MethodOf(IInvocationOperation invocation) => _implementations.Of(invocation);

    /// <summary>The operation of the body of a method that is short enough to be looked into.</summary>
    public IOperation? BodyRootOf(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [{ } reference] && reference.Span.Length <= MaxLength && reference.GetSyntax(cancellationToken) is var syntax
            ? ModelOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellationToken)
            : null;

    private static IOperation? SingleReturn(IOperation root)
    {
        IReturnOperation[] returns = [.. root.Descendants().OfType<IReturnOperation>()];
        return returns.Length == 1 && root.Descendants().OfType<IBlockOperation>().All(block => block.Operations.Length == 1) ? returns[0].ReturnedValue : null;
    }

    private TimeValues? Cached(ISymbol member, int depth, Func<Summaries, ISymbol, int, TimeValues?> compute)
    {
        (ISymbol, int) key = (member.OriginalDefinition, depth);
        if (!_values.TryGetValue(key, out TimeValues? values))
        {
            values = compute(this, key.Item1, depth - 1);
            _values[key] = values;
        }

        return values;
    }

    /// <summary>Whether a field keeps what its initialiser or a constructor gives it. One with an attribute may be filled by a framework.</summary>
    private bool IsSettled(IFieldSymbol field) => field.IsReadOnly || (field.DeclaredAccessibility == Accessibility.Private && !field.DeclaringSyntaxReferences.IsEmpty && field.GetAttributes().IsEmpty && _settled.GetOrAdd(field.OriginalDefinition, IsWrittenByConstructorsAlone));

    /// <summary>Looked for in the text alone: any member of the name counts.</summary>
    private bool IsWrittenByConstructorsAlone(ISymbol field)
    {
        foreach (SyntaxReference reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            SyntaxNode type = reference.GetSyntax(cancellationToken);
            if (type.Span.Length > MaxTypeLength)
            {
                return false;
            }

            foreach (SyntaxNode node in type.DescendantNodes(static node => node is not ConstructorDeclarationSyntax))
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && IsWritten(name))
                {
                    return false;
                }
            }
        }

        return true;

        static bool IsWritten(ExpressionSyntax name)
        {
            ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            return whole.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == whole,
                PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.Kind() is SyntaxKind.PlusPlusToken or SyntaxKind.MinusMinusToken or SyntaxKind.AmpersandToken,
                PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
                ArgumentSyntax argument => argument.Parent is TupleExpressionSyntax || !argument.RefKindKeyword.IsKind(SyntaxKind.None),
                RefExpressionSyntax => true,
                _ => false,
            };
        }
    }

    /// <summary>Whether a constructor's parameter is a time, or a number that says its unit.</summary>
    private bool IsForTime(IParameterSymbol parameter) => IsTimeOnly(parameter.Type) || (IsTime(parameter.Type) && TimeNames.UnitOf(parameter.Name) != TimeUnit.Unknown);

    private bool IsTimeOnly(ITypeSymbol? type) => knowledge.IsInstant(type) || knowledge.IsDuration(type) || knowledge.Catalog.FindExpiryType(type) is not null;

    private bool IsTime(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ } result] })
        {
            type = result;
        }

        return IsTimeOnly(type) || type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double };
    }

    private TimeValues? Returned(IOperation root, ControlFlowGraph graph, int depth, ResultPart? part = null)
    {
        if (root.Descendants().Any(operation => operation is IReturnOperation { Kind: OperationKind.YieldReturn }))
        {
            return null;
        }

        return new Body(knowledge, root, depth, cancellationToken).Follow(graph, part)?.Select(value => value with { Source = value.Shape == TimeShape.Instant ? value.Source : null });
    }

    /// <summary>The value of the one initialiser of a readonly field or a get-only property, which is read at another time than it was made.</summary>
    private TimeValues? Stored(ISymbol member, int depth)
    {
        if (Initializer(member) is not { } value)
        {
            return null;
        }

        TimeValues values = new TimeEvaluator(knowledge, depth).Of(value, VariableValues.None);
        return values.Select(static stored => stored.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset ? stored with { Origin = Origin.Unknown } : stored);
    }

    /// <summary>The one expression that gives a readonly field or a get-only property its value.</summary>
    public IOperation? InitializerOf(ISymbol member) => member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } or IPropertySymbol { SetMethod: null } ? Initializer(member) : null;

    private IOperation? Initializer(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences is not [{ } reference])
        {
            return null;
        }

        // Another value may come from a constructor, which then has to be the only source.
        SyntaxNode declaration = reference.GetSyntax(cancellationToken);
        if (ModelOf(declaration.SyntaxTree) is not { } model)
        {
            return null;
        }

        IOperation? initializer = null;
        foreach (SyntaxNode child in declaration.ChildNodes())
        {
            initializer ??= model.GetOperation(child, cancellationToken) is ISymbolInitializerOperation found ? found.Value : null;
        }

        IOperation[] assigned = [.. AssignedByConstructors(member)];
        return (initializer, assigned) switch
        {
            ({ }, []) => initializer,
            (null, [{ } only]) => only,
            _ => null,
        };
    }

    private IEnumerable<IOperation> AssignedByConstructors(ISymbol member)
    {
        foreach (IMethodSymbol constructor in member.ContainingType.Constructors)
        {
            if (constructor.IsStatic == member.IsStatic && constructor.DeclaringSyntaxReferences is [{ } reference] &&
                reference.GetSyntax(cancellationToken) is { } syntax && syntax.Span.Length <= MaxLength && ModelOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellationToken) is IConstructorBodyOperation body)
            {
                foreach (ISimpleAssignmentOperation assignment in body.Descendants().OfType<ISimpleAssignmentOperation>())
                {
                    if (SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(assignment.Target), member))
                    {
                        yield return assignment.Value;
                    }
                }
            }
        }
    }

    private Sink? Sliding(IMethodSymbol method)
    {
        if (BodyOf(method) is not { } source)
        {
            return null;
        }

        // One call deep: a helper of a helper is not asked.
        Body body = new(knowledge, source.Root, 0, cancellationToken);
        body.Follow(source.Graph);
        return body.Operations.OfType<IReturnOperation>().Where(returned => ReferenceEquals(body.FunctionOf(returned), body.Root))
            .Select(returned => returned.ReturnedValue is { } options ? body.Options.SlidingOf(options) : null).FirstOrDefault(static sliding => sliding is not null);
    }

    /// <summary>Whether the members of a type may hand on what its objects are made with.</summary>
    private bool IsHolder(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Any(member =>
        (member.MethodKind != MethodKind.Constructor || IsWritten(member)) && MayReach(member) != Reach.None);

    /// <summary>Whether a constructor has a body of its own: a primary one is its whole type.</summary>
    private bool IsWritten(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences is [{ } reference] && reference.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax;

    /// <summary>What an object does with what it is made with: in the constructor, and in the members that read where that was stored.</summary>
    private MethodSummary? Construct(IMethodSymbol constructor, int depth)
    {
        List<HandedOn> sinks = [];
        foreach (IMethodSymbol member in constructor.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            bool isStored = member.MethodKind != MethodKind.Constructor;
            bool mayHandOn = isStored ? MayReach(member) != Reach.None : SymbolEqualityComparer.Default.Equals(member, constructor) && IsWritten(member);
            if (mayHandOn && GraphOf(member.PartialImplementationPart ?? member) is { } source)
            {
                Body body = new(knowledge, source.Root, depth - 1, cancellationToken);
                body.Follow(source.Graph);
                sinks.AddRange(HandedOnBy(body, constructor).Select(handed => handed with { IsStored = isStored, IsTested = handed.IsTested || isStored }));
            }
        }

        return sinks.Count == 0 ? null : new(constructor, sinks, [], [], []);
    }

    private MethodSummary? Wrap(IMethodSymbol method, int depth)
    {
        if (GraphOf(method) is not { } source)
        {
            return null;
        }

        Body body = new(knowledge, source.Root, depth - 1, cancellationToken);
        body.Follow(source.Graph);
        HandedOn[] sinks = [.. HandedOnBy(body, method)];

        CacheCall[] calls = [.. body.Calls.Where(call => !body.IsThrottled(call) && IsForCallers(call.Key))];
        CacheCall[] scripts = [.. body.Calls.Concat(body.Scripts).Where(call => call.Touched is { Count: > 0 } keys && keys.All(IsForCallers))];
        HeldLock[] locks = ReachOf(method).HasFlag(Reach.Lock) ? [.. body.Calls.Select(call => HeldLocks.Of(call, body, method)).OfType<HeldLock>()] : [];
        return sinks.Length + calls.Length + scripts.Length + locks.Length == 0 ? null : new(method, sinks, calls, scripts, locks);

        // What hangs on a local of the method has no name outside.
        bool IsForCallers(Key? key) => key?.Symbols.All(symbol => symbol is not ILocalSymbol && (symbol is not IParameterSymbol parameter || KeyReader.IsOfPrimaryConstructor(parameter) || SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method))) == true;
    }

    /// <summary>The parameters of a method that reach a sink of a body: of its own, or of one that uses what a constructor was given.</summary>
    private static IEnumerable<HandedOn> HandedOnBy(Body body, IMethodSymbol method)
    {
        foreach (Sink sink in body.Sinks)
        {
            foreach (TimeValue value in sink.Values?.Alternatives ?? [])
            {
                if (value.Parameter is { } parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))
                {
                    yield return new(parameter.Ordinal, sink, sink.Unit != TimeUnit.Unknown ? sink.Unit : value.ReadAs, false, value.IsTested, value.Passage);
                }
            }
        }
    }

    /// <summary>Whether a method names a member of a client, or hands a time to another method of the source that does.</summary>
    private Reach Look(ISymbol method) => Look((IMethodSymbol)method, MaxLook);

    private Reach Look(IMethodSymbol method, int depth)
    {
        Reach reach = LookAtText(method, MaxLength);
        string[] times = reach != Reach.None || depth == 0 ? [] : [.. method.Parameters.Where(IsForTime).Select(static parameter => parameter.Name)];
        if (times.Length == 0 || method.DeclaringSyntaxReferences is not [{ } reference] || reference.Span.Length > MaxLength)
        {
            return reach;
        }

        SyntaxNode syntax = reference.GetSyntax(cancellationToken);
        foreach (ArgumentListSyntax arguments in syntax.DescendantNodes().OfType<ArgumentListSyntax>())
        {
            if (arguments.Parent is InvocationExpressionSyntax call && arguments.DescendantNodes().Any(node => node is IdentifierNameSyntax name && times.Contains(name.Identifier.ValueText)) &&
                ModelOf(syntax.SyntaxTree)?.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol target && _implementations.Of(target) is { } known)
            {
                reach |= Look(known, depth - 1);
            }
        }

        return reach;
    }

    /// <summary>Whether the body of a method names a member of a client: looked for in the text alone.</summary>
    private Reach LookAtText(ISymbol method, int maxLength)
    {
        Reach reach = Reach.None;
        foreach (SyntaxReference reference in method.DeclaringSyntaxReferences)
        {
            SyntaxNode syntax = reference.GetSyntax(cancellationToken);
            if (syntax.Span.Length <= maxLength)
            {
                foreach (SyntaxToken token in syntax.DescendantTokens())
                {
                    if (knowledge.Catalog.Names.Contains(token.ValueText))
                    {
                        reach |= knowledge.Catalog.ExpireNames.Contains(token.ValueText) ? Reach.Client | Reach.Expire
                            : knowledge.Catalog.LockNames.Contains(token.ValueText) ? Reach.Client | Reach.Lock
                            : Reach.Client;
                    }
                    else if (token.ValueText is "NotExists" or "NX")
                    {
                        reach |= Reach.Lock;
                    }
                    else if (token.Value is string text && RawCommands.ByName.TryGetValue(text, out RawCommand? command) && (command.Time ?? command.Options) is not null)
                    {
                        // Execute is everybody's name; the command's own is Redis's.
                        reach |= (command.Effect & Effect.SetExpiry) != 0 ? Reach.Client | Reach.Expire : Reach.Client;
                    }

                    if (knowledge.Catalog.InstantNames.Contains(token.ValueText))
                    {
                        reach |= Reach.Client | Reach.Instant;
                    }
                }
            }
        }

        return reach;
    }

    private (IOperation Root, ControlFlowGraph Graph)? GraphOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences is not [{ } reference] || reference.Span.Length > MaxLength)
        {
            return null;
        }

        SyntaxNode syntax = reference.GetSyntax(cancellationToken);
        if (ModelOf(syntax.SyntaxTree) is not { } model || model.GetOperation(syntax, cancellationToken) is not { } root)
        {
            return null;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            IOperation outer = root;
            while (outer.Parent is { } parent)
            {
                outer = parent;
            }

            return root is ILocalFunctionOperation { Body: { } block } && Create(outer) is { } around && Nested(around, method, syntax) is { } nested ? (block, nested) : null;
        }

        return Create(root) is { } graph ? (root, graph) : null;
    }

    /// <summary>The graph of a local function, which may stand in a lambda or in another local function.</summary>
    private ControlFlowGraph? Nested(ControlFlowGraph around, IMethodSymbol function, SyntaxNode declaration)
    {
        if (around.LocalFunctions.Contains(function, SymbolEqualityComparer.Default))
        {
            return around.GetLocalFunctionControlFlowGraph(function, cancellationToken);
        }

        foreach (IMethodSymbol outer in around.LocalFunctions)
        {
            if (outer.DeclaringSyntaxReferences is [{ } reference] && reference.Span.Contains(declaration.Span))
            {
                return Nested(around.GetLocalFunctionControlFlowGraph(outer, cancellationToken), function, declaration);
            }
        }

        IFlowAnonymousFunctionOperation? lambda = around.Blocks
            .SelectMany(static block => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
            .SelectMany(static operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .FirstOrDefault(candidate => candidate.Syntax.Span.Contains(declaration.Span));
        return lambda is null ? null : Nested(around.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken), function, declaration);
    }

    private ControlFlowGraph? Create(IOperation root) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellationToken),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellationToken),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellationToken),
        _ => null,
    };

#pragma warning disable RS1030 // A summary reads members of other files; the driver's own models are not to be had there. Kept per file for the compilation.
    private SemanticModel? ModelOf(SyntaxTree tree) => knowledge.Catalog.Compilation.ContainsSyntaxTree(tree) ? _models.GetOrAdd(tree, key => knowledge.Catalog.Compilation.GetSemanticModel(key)) : null;
#pragma warning restore RS1030
}
