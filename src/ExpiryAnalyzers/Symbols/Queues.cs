using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Symbols;

/// <summary>The queues of all referenced clients, bound to the symbols of one compilation. Thread-safe.</summary>
internal sealed class Queues
{
    private readonly WellKnownTypes _types;
    private readonly Bound[] _clients;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _isQueue = new(SymbolEqualityComparer.Default);

    /// <param name="libraries">The clients that are referenced.</param>
    /// <param name="types">The framework's types.</param>
    /// <param name="find">Finds a type by its metadata name.</param>
    public Queues(IEnumerable<ApiLibrary> libraries, WellKnownTypes types, Func<string, INamedTypeSymbol?> find)
    {
        _types = types;
        _clients = [.. libraries.Select(static library => library.Queues)
            .OfType<ApiQueues>()
            .Select(row => new Bound(row, find))
            .Where(static client => client.Types.Count > 0)];
    }

    /// <summary>Whether a client brings an analyzer that finds the waits written around a queued call.</summary>
    public bool FindsDirectWaits => _clients.Any(static client => client.FindsDirectWaits);

    /// <summary>Whether a client with queues is there at all.</summary>
    public bool AreReferenced => _clients.Length > 0;

    /// <summary>Whether values of the type are queues. What implements nothing is told at once, and need not be kept in mind.</summary>
    public bool IsQueue(ITypeSymbol? type) =>
        type is INamedTypeSymbol && _clients.Length > 0 &&
        (_isQueue.TryGetValue(type, out bool isQueue) ? isQueue
            : type.AllInterfaces.IsEmpty ? IsOneOf(type)
            : _isQueue[type] = IsOneOf(type));

    private bool IsOneOf(ITypeSymbol type)
    {
        foreach (Bound client in _clients)
        {
            if (Is(type, client.Types))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether values of the type may be queues: <c>IDatabaseAsync</c>.</summary>
    public bool MayBeQueue(ITypeSymbol? type)
    {
        foreach (Bound client in _clients)
        {
            if (type is not null && client.Commands.Contains(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the method is the client's own.</summary>
    public bool IsOfClient(IMethodSymbol method) =>
        _clients.Any(
            client =>
                client.Commands.Any(type => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, method.ContainingAssembly)));

    /// <summary>Whether the method is one that can be queued, if its receiver is a queue.</summary>
    public bool IsCommand(IMethodSymbol method) =>
        _types.IsTask(method.ReturnType) && !IsExecute(method) && _clients.Any(client => Is(method.ContainingType, client.Commands));

    /// <summary>
    /// Whether the method sends what is queued. Those that take a command by its name are called alike, and are declared elsewhere.
    /// </summary>
    public bool IsExecute(IMethodSymbol method) => IsQueue(method.ContainingType) && _clients.Any(client =>
        client.Row.Execute.Contains(method.Name) && Is(method.ContainingType, client.Types) &&
        method.Parameters.All(parameter => client.IsFlags(parameter.Type)));

    /// <summary>Whether the method sets a condition on which it hangs whether the queue is sent.</summary>
    public bool IsCondition(IMethodSymbol method) =>
        IsQueue(method.ContainingType) && _clients.Any(client => client.Row.Conditions.Contains(method.Name));

    /// <summary>
    /// The key of which a condition asks no more than whether it is there; null where a queue is told another condition.
    /// </summary>
    public IOperation? KeyOfPresence(IInvocationOperation condition) =>
        condition.Arguments is [{ Value: IInvocationOperation { Arguments: [{ Value: { } key }], TargetMethod: { } made } }] &&
        IsOfClient(made) && _clients.Any(client => client.Row.Presence.Contains(made.Name))
            ? key
            : null;

    /// <summary>Whether an expression makes a queue that nobody else has.</summary>
    public bool IsCreation(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation is IInvocationOperation call && IsQueue(call.Type) &&
            _clients.Any(client => client.Row.Create.Contains(call.TargetMethod.Name));
    }

    /// <summary>Whether the method is the client's own and blocks on the tasks that it is handed.</summary>
    public bool IsWait(IMethodSymbol method) =>
        _clients.Any(client => client.Row.Waits.Names.Contains(method.Name) && Is(method.ContainingType, client.Waits));

    /// <summary>Whether the call's answer certainly comes from the server, so that its task waits for it.</summary>
    public bool HasAnswer(IInvocationOperation call, Func<IOperation, IOperation> resolve)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (_clients.FirstOrDefault(client => client.IsFlags(argument.Parameter?.Type)) is { } client)
            {
                return resolve(argument.Value).ConstantValue is { HasValue: true, Value: int flags } &&
                    (flags & client.NoAnswer.GetValueOrDefault()) == 0;
            }
        }

        return true;
    }

    /// <summary>Whether the call certainly waits for no answer: the command is only put on the connection.</summary>
    public bool IsForgotten(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Value.ConstantValue is { HasValue: true, Value: int flags } && _clients.Any(client =>
            client.IsFlags(argument.Parameter?.Type) && (flags & client.NoAnswer.GetValueOrDefault()) != 0));

    /// <summary>
    /// Whether the client's own analyzer reports the wait: one that is written around the queued call, with flags that are constant there.
    /// </summary>
    public bool IsFoundByClient(IOperation wait)
    {
        IOperation? waited = wait switch
        {
            IAwaitOperation awaited => awaited.Operation,
            IInvocationOperation { Instance: { } awaiter } when _types.IsUseOf(wait, KnownMember.GetResult) =>
                _types.ReceiverOf(awaiter, KnownMember.GetAwaiter) ?? awaiter,
            IInvocationOperation { Instance: { } task } => task,
            IPropertyReferenceOperation property => property.Instance,
            _ => null,
        };
        while (waited is IConversionOperation { IsImplicit: true } conversion)
        {
            waited = conversion.Operand;
        }

        return waited is IInvocationOperation { Instance: { } receiver } call && IsQueue(receiver.Type) &&
            HasAnswer(call, static flags => flags) &&
            _clients.Any(client => client.FindsDirectWaits && Is(receiver.Type, client.Types));
    }

    private static bool Is(ITypeSymbol? type, HashSet<ITypeSymbol> expected)
    {
        if (type is null)
        {
            return false;
        }

        if (expected.Contains(type))
        {
            return true;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (expected.Contains(implemented))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The queues of one client.</summary>
    private sealed class Bound
    {
        private readonly INamedTypeSymbol? _flags;

        public Bound(ApiQueues row, Func<string, INamedTypeSymbol?> find)
        {
            Row = row;
            Types = Bind(row.Types);
            Commands = Bind(row.Commands);
            Waits = Bind(row.Waits.Types);
            FindsDirectWaits = row.Marker is { } marker && find(marker) is not null;
            if (row.Flags is var (type, noAnswer))
            {
                _flags = find(type);
                NoAnswer = _flags?.GetMembers(noAnswer).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int?;
            }

            HashSet<ITypeSymbol> Bind(IReadOnlyList<string> names) =>
                new(names.Select(find).OfType<ITypeSymbol>(), SymbolEqualityComparer.Default);
        }

        public ApiQueues Row { get; }

        public HashSet<ITypeSymbol> Types { get; }

        public HashSet<ITypeSymbol> Commands { get; }

        public HashSet<ITypeSymbol> Waits { get; }

        public int? NoAnswer { get; }

        public bool FindsDirectWaits { get; }

        public bool IsFlags(ITypeSymbol? type) => _flags is not null && SymbolEqualityComparer.Default.Equals(type, _flags);
    }
}
