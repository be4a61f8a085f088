using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The framework's and the clients' types that repairs look for and write, by their full names.</summary>
internal static class Types
{
    public const string Calendar = "System.Globalization.Calendar";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string CancellationTokenSource = "System.Threading.CancellationTokenSource";
    public const string Console = "System.Console";
    public const string Convert = "System.Convert";
    public const string CultureInfo = "System.Globalization.CultureInfo";
    public const string DateOnly = "System.DateOnly";
    public const string DateTime = "System.DateTime";
    public const string DateTimeKind = "System.DateTimeKind";
    public const string DateTimeOffset = "System.DateTimeOffset";
    public const string DateTimeStyles = "System.Globalization.DateTimeStyles";
    public const string DistributedOptions = "Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions";
    public const string Exception = "System.Exception";
    public const string FormatProvider = "System.IFormatProvider";
    public const string Guid = "System.Guid";
    public const string ListOf = "System.Collections.Generic.List`1";
    public const string Math = "System.Math";
    public const string Random = "System.Random";
    public const string Task = "System.Threading.Tasks.Task";
    public const string Thread = "System.Threading.Thread";
    public const string TimeoutException = "System.TimeoutException";
    public const string TimeSpan = "System.TimeSpan";
    public const string TimeZoneInfo = "System.TimeZoneInfo";

    private const string Enumerable = "System.Linq.Enumerable";
    private const string Obsolete = "System.ObsoleteAttribute";
    private const string OperationCanceled = "System.OperationCanceledException";
    private const string TaskCanceled = "System.Threading.Tasks.TaskCanceledException";
    private const string TaskFactory = "System.Threading.Tasks.TaskFactory";
    private const string TimeProvider = "System.TimeProvider";
    private const string Timeout = "System.Threading.Timeout";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    public const string Database = StackExchangeRedis.Database;
    public const string RedisKey = Client + ".RedisKey";
    public const string RedisValue = StackExchangeRedis.Value;

    private const string Client = "StackExchange.Redis";

    /// <summary>Whether a type is the one of that full name, whatever its arguments.</summary>
    public static bool Is(ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol { ContainingType: null } && IsNamed(type, fullName, fullName.Length);

    /// <summary>Whether a value of the type is a point in time, be it that it may be null.</summary>
    public static bool IsInstant(ITypeSymbol? type) => Bare(type)?.SpecialType == SpecialType.System_DateTime || IsOffset(type);

    /// <summary>Whether a value of the type is a point in time that carries its offset.</summary>
    public static bool IsOffset(ITypeSymbol? type) => Is(Bare(type), DateTimeOffset);

    /// <summary>Whether a value of the type is a duration, be it that it may be null.</summary>
    public static bool IsDuration(ITypeSymbol? type) => Is(Bare(type), TimeSpan);

    public static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary>Whether values of the type are numbers, or true or false.</summary>
    public static bool IsNumber(ITypeSymbol type) => Bare(type)?.SpecialType is
        >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char;

    /// <summary>Whether a type has members that compute times and durations, and do nothing else.</summary>
    public static bool ComputesTimes(ITypeSymbol? type) =>
        Is(type, DateTime) || Is(type, DateTimeOffset) || Is(type, TimeSpan) || Is(type, Math) || Is(type, Random) ||
            Is(type, TimeProvider);

    public static bool IsTask(ITypeSymbol? type) => Is(type, Task) || Is(type, ValueTask);

    /// <summary>Whether a type is <c>Task</c> itself, or one with a result.</summary>
    public static bool IsClassOfTasks(ITypeSymbol? type) => Is(type, Task);

    /// <summary>Whether exceptions of a type say that something was cancelled.</summary>
    public static bool IsCancellation(ITypeSymbol? type) => Is(type, OperationCanceled) || Is(type, TaskCanceled);

    public static bool IsTaskFactory(ITypeSymbol? type) => Is(type, TaskFactory);

    public static bool IsTokenSource(ITypeSymbol? type) => Is(type, CancellationTokenSource);

    public static bool IsToken(ITypeSymbol? type) => Is(Bare(type), CancellationToken);

    public static bool IsTimeout(ITypeSymbol? type) => Is(type, Timeout);

    public static bool IsQuery(ITypeSymbol? type) => Is(type, Enumerable);

    public static bool IsObsolete(ISymbol member) => member.GetAttributes().Any(static attribute => Is(attribute.AttributeClass, Obsolete));

    public static bool IsDatabase(ITypeSymbol? type) => Is(type, StackExchangeRedis.Database);

    /// <summary>Whether a type is the database, or what it has in common with queues.</summary>
    public static bool HasCommands(ITypeSymbol? type) => IsDatabase(type) || Is(type, StackExchangeRedis.DatabaseAsync);

    /// <summary>Whether a value of the type is an expiry of the newer clients.</summary>
    public static bool IsExpiration(ITypeSymbol? type) => Is(type, StackExchangeRedis.Expiration);

    public static bool IsRedisValue(ITypeSymbol? type) => Is(type, StackExchangeRedis.Value);

    /// <summary>Whether a member is one of StackExchange.Redis.</summary>
    public static bool IsOfClient(ISymbol member) => IsNamed(member.ContainingNamespace, Client, Client.Length);

    /// <summary>The type, or what may be null of it.</summary>
    public static ITypeSymbol? Bare(ITypeSymbol? type) =>
        IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments.FirstOrDefault() : type;

    public static INamedTypeSymbol? Find(string fullName, FixContext context) =>
        context.Model.Compilation.GetTypesByMetadataName(fullName).FirstOrDefault();

    /// <summary>Whether a function has nothing to give back: it returns nothing, or the bare task of its work.</summary>
    public static bool GivesNothingBack(IMethodSymbol method) =>
        method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 } && IsTask(method.ReturnType));

    /// <summary>Compares the last name with the symbol's, and those before it with those around the symbol.</summary>
    private static bool IsNamed(INamespaceOrTypeSymbol? symbol, string fullName, int end)
    {
        while (symbol is not (null or INamespaceSymbol { IsGlobalNamespace: true }))
        {
            int start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, symbol.Name, 0, symbol.Name.Length) != 0 ||
                (start > 0 && fullName[start - 1] != '.'))
            {
                return false;
            }

            symbol = symbol.ContainingNamespace;
            if (start == 0)
            {
                return symbol is null or INamespaceSymbol { IsGlobalNamespace: true };
            }

            end = start - 1;
        }

        return false;
    }
}
