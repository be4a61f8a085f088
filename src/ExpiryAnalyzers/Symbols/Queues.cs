using System.Collections.Concurrent;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Symbols;

/// <summary>The table of a client's queues bound to the symbols of one compilation. Thread-safe.</summary>
internal sealed class Queues
{
    private readonly ApiQueues _row;
    private readonly HashSet<ITypeSymbol> _queues;
    private readonly HashSet<ITypeSymbol> _commands;
    private readonly HashSet<ITypeSymbol> _waits;
    private readonly INamedTypeSymbol? _flags;
    private readonly int? _noAnswer;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _isQueue = new(SymbolEqualityComparer.Default);

    public Queues(ApiQueues row, Func<string, INamedTypeSymbol?> find)
    {
        _row = row;
        _queues = Bind(row.Types);
        _commands = Bind(row.Commands);
        _waits = Bind(row.Waits.Types);
        _flags = find(row.Flags.Type);
        _noAnswer = _flags?.GetMembers(row.Flags.NoAnswer).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int?;
        FindsDirectWaits = find(row.Marker) is not null;

        HashSet<ITypeSymbol> Bind(IReadOnlyList<string> names)
        {
            HashSet<ITypeSymbol> types = new(SymbolEqualityComparer.Default);
            foreach (string name in names)
            {
                if (find(name) is { } type)
                {
                    types.Add(type);
                }
            }

            return types;
        }
    }

    /// <summary>Whether the client brings an analyzer that finds the waits written around a queued call.</summary>
    public bool FindsDirectWaits { get; }

    /// <summary>Whether the client is there at all.</summary>
    public bool AreReferenced => _queues.Count > 0;

    /// <summary>Whether values of the type are queues.</summary>
    public bool IsQueue(ITypeSymbol? type) => type is INamedTypeSymbol && _queues.Count > 0 && _isQueue.GetOrAdd(type, key => Is(key, _queues));

    /// <summary>Whether values of the type may be queues: <c>IDatabaseAsync</c>.</summary>
    public bool MayBeQueue(ITypeSymbol? type) => type is not null && _commands.Contains(type);

    /// <summary>Whether the method is the client's own.</summary>
    public bool IsOfClient(IMethodSymbol method) => _commands.Any(type => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, method.ContainingAssembly));

    /// <summary>Whether the method is one that can be queued, if its receiver is a queue.</summary>
    public bool IsCommand(IMethodSymbol method) => method.ReturnType.Name is "Task" or "ValueTask" && !IsExecute(method) && (_commands.Contains(method.ContainingType) || Is(method.ContainingType, _commands));

    /// <summary>
    /// Whether the method sends what is queued. Those that take a command by its name are called alike, and are declared elsewhere.
    /// </summary>
    public bool IsExecute(IMethodSymbol method) => _row.Execute.Contains(method.Name) && IsQueue(method.ContainingType) && method.Parameters.All(parameter => IsFlags(parameter.Type));

    /// <summary>Whether an expression makes a queue that nobody else has.</summary>
    public bool IsCreation(IOperation operation) => operation.WithoutConversions() is IInvocationOperation call && _row.Create.Contains(call.TargetMethod.Name) && IsQueue(call.Type);

    /// <summary>Whether the method is the client's own and blocks on the tasks that it is handed.</summary>
    public bool IsWait(IMethodSymbol method) => _row.Waits.Names.Contains(method.Name) && (_waits.Contains(method.ContainingType) || Is(method.ContainingType, _waits));

    /// <summary>Whether the call's answer certainly comes from the server, so that its task waits for it.</summary>
    public bool HasAnswer(IInvocationOperation call, Func<IOperation, IOperation> resolve)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (IsFlags(argument.Parameter?.Type))
            {
                return resolve(argument.Value).ConstantValue is { HasValue: true, Value: int flags } && (flags & _noAnswer.GetValueOrDefault()) == 0;
            }
        }

        return true;
    }

    /// <summary>Whether the client's own analyzer reports the wait: one that is written around the queued call, with flags that are constant there.</summary>
    public bool IsFoundByClient(IOperation wait)
    {
        IOperation? waited = wait switch
        {
            IAwaitOperation awaited => awaited.Operation,
            IPropertyReferenceOperation property => property.Instance,
            IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } => task,
            IInvocationOperation { Instance: { } task } => task,
            _ => null,
        };
        while (waited is IConversionOperation { IsImplicit: true } conversion)
        {
            waited = conversion.Operand;
        }

        return FindsDirectWaits && waited is IInvocationOperation { Instance: { } receiver } call && IsQueue(receiver.Type) && HasAnswer(call, static flags => flags);
    }

    private bool IsFlags(ITypeSymbol? type) => _flags is not null && SymbolEqualityComparer.Default.Equals(type, _flags);

    private static bool Is(ITypeSymbol? type, HashSet<ITypeSymbol> expected) => type is not null && (expected.Contains(type) || type.AllInterfaces.Any(expected.Contains));
}
