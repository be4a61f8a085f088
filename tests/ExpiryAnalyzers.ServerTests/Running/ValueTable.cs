using System.Globalization;
using System.Reflection;
using System.Text.Json;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Finds a value for whatever a program asks: for parameters of members and constructors, and for what stubs return.</summary>
internal sealed class ValueTable(Stage stage, Journal journal, Assembly program, Situation situation)
{
    private const int DeepestNest = 6;

    private readonly Clients _clients = new(stage, journal);
    private readonly Dictionary<Type, object> _shared = [];
    private readonly DateTime _soon = DateTime.UtcNow.AddMinutes(situation.IsEnding ? 0.5 : 60);
    private readonly CancellationTokenSource _stopping = situation.StopAfter is { } end ? new(end) : new();
    private int _nest;

    /// <summary>Tells a program that still runs that it is over.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>The caches inside the process that the program was given.</summary>
    public Clients Clients => _clients;

    public object? Of(ParameterInfo parameter) =>
        parameter.Name != situation.Variant.Parameter ? Of(parameter.ParameterType, parameter.Name ?? "value")
        : situation.Variant.Filling switch
        {
            Filling.Null => null,
            Filling.Flipped => false,
            Filling.LocalTime => _soon.ToLocalTime(),
            Filling.TextOfTime => _soon.ToString(situation.Variant.Format, CultureInfo.InvariantCulture),
            Filling.UnspecifiedTime => DateTime.SpecifyKind(_soon, DateTimeKind.Unspecified),
            _ => Of(parameter.ParameterType, parameter.Name!),
        };

    public object? Of(Type type, string name)
    {
        if (_nest > DeepestNest)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        _nest++;
        try
        {
            return Simple(type, name) ?? Waited(type, name) ?? Several(type, name) ?? Surroundings(type, name) ?? Built(type, name);
        }
        finally
        {
            _nest--;
        }
    }

    private object? Simple(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, name);
        }

        if (type.IsEnum)
        {
            return type.GetEnumValues().Cast<object>().FirstOrDefault() ?? Activator.CreateInstance(type);
        }

        if (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal)
        {
            double number = NamedText.Number(name, _soon);
            return Convert.ChangeType(number > int.MaxValue && type == typeof(int) ? 300 : number > byte.MaxValue && type == typeof(byte)
                ? 3 : number, type, CultureInfo.InvariantCulture);
        }

        return type switch
        {
            _ when type == typeof(string) || type == typeof(object) => NamedText.Text(name, _soon),
            _ when type == typeof(RedisKey) => (RedisKey)NamedText.Text(name, _soon),
            _ when type == typeof(RedisValue) => (RedisValue)NamedText.Text(name, _soon),
            _ when type == typeof(bool) => true,
            _ when type == typeof(char) => 'c',
            _ when type == typeof(TimeSpan) => NamedText.Span(name),
            _ when type == typeof(DateTime) => _soon,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(_soon),
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(_soon.AddDays(2)),
            _ when type == typeof(TimeOnly) => new TimeOnly(18, 0),
            _ when type == typeof(Guid) => new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            _ when type == typeof(CancellationToken) => _stopping.Token,
            _ when type == typeof(Type) => typeof(string),
            _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(name),
            _ => null,
        };
    }

    private object? Waited(Type type, string name)
    {
        if (type == typeof(Task))
        {
            return journal.IsSlow ? journal.TakeTimeAsync() : Task.CompletedTask;
        }

        if (type == typeof(ValueTask))
        {
            return journal.IsSlow ? new ValueTask(journal.TakeTimeAsync()) : ValueTask.CompletedTask;
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type inner = type.GenericTypeArguments[0];
        if (definition == typeof(Task<>))
        {
            return typeof(ValueTable)
                .GetMethod(nameof(LaterAsync), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(inner)
                    .Invoke(this, [Of(inner, name)]);
        }

        return definition == typeof(ValueTask<>) ? Activator.CreateInstance(type, Of(inner, name))
            : definition == typeof(IAsyncEnumerable<>)
                ? Activator.CreateInstance(typeof(StubSequence<>).MakeGenericType(inner), Items(inner, name))
            : definition == typeof(Lazy<>) ? Activator.CreateInstance(type, Of(inner, name))
            : null;
    }

    private async Task<T> LaterAsync<T>(T value)
    {
        if (journal.IsSlow)
        {
            await journal.TakeTimeAsync();
        }

        return value;
    }

    private object? Several(Type type, string name)
    {
        if (type.IsArray)
        {
            return type.GetElementType() == typeof(byte) ? "the bytes"u8.ToArray() : Items(type.GetElementType()!, name);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        Type[] inner = type.GenericTypeArguments;
        if (inner.Length == 1 && type.Namespace == "System" && type.Name.Contains("Memory", StringComparison.Ordinal))
        {
            return Activator.CreateInstance(type, Items(inner[0], name));
        }

        Type? made = inner.Length switch
        {
            1 when type.IsAssignableFrom(typeof(List<>).MakeGenericType(inner)) => typeof(List<>),
            1 when type.IsAssignableFrom(typeof(HashSet<>).MakeGenericType(inner)) => typeof(HashSet<>),
            2 when inner[0].IsValueType || inner[0].IsClass => type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(inner))
                ? typeof(Dictionary<,>) : null,
            _ => null,
        };
        return made is null || typeof(Delegate).IsAssignableFrom(type) ? null
            : inner.Length == 1 ? Activator.CreateInstance(made.MakeGenericType(inner), Items(inner[0], name))
            : Pairs(made.MakeGenericType(inner), inner, name);
    }

    private object Pairs(Type type, Type[] inner, string name)
    {
        System.Collections.IDictionary pairs = (System.Collections.IDictionary)Activator.CreateInstance(type)!;
        foreach (object key in Items(inner[0], name))
        {
            pairs[key] = Of(inner[1], name);
        }

        return pairs;
    }

    /// <summary>Three that differ where the type can tell them apart.</summary>
    private Array Items(Type type, string name)
    {
        Array items = Array.CreateInstance(type, 3);
        for (int index = 0; index < items.Length; index++)
        {
            object? item = Of(type, name + index.ToString(CultureInfo.InvariantCulture));
            items.SetValue(type.IsPrimitive && type != typeof(bool) && type != typeof(char)
                ? Convert.ChangeType(Convert.ToDouble(item, CultureInfo.InvariantCulture) + index, type, CultureInfo.InvariantCulture)
                    : item, index);
        }

        return items;
    }

    private object? Surroundings(Type type, string name) =>
        _clients.Of(type) is { } client ? client
        : typeof(Delegate).IsAssignableFrom(type) && type != typeof(Delegate) ? StubDelegate.Of(type, name, journal, this)
        : null;

    private object? Built(Type type, string name)
    {
        if (_shared.TryGetValue(type, out object? shared))
        {
            return shared;
        }

        if (type.IsInterface || type.IsAbstract)
        {
            Type? implementation = program.GetTypes()
                .FirstOrDefault(candidate => candidate is { IsAbstract: false, IsGenericTypeDefinition: false }
                    && type.IsAssignableFrom(candidate));
            return _shared[type] = implementation is not null && !TakesItself(implementation, type) ? Instance(implementation)
                : type.IsInterface ? Stub.Of(type, journal, this)
                : throw new CannotRunException($"nothing is a {type.Name}");
        }

        return Instance(type);
    }

    private static bool TakesItself(Type implementation, Type type) =>
        implementation.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == type));

    /// <summary>An object, made by its longest constructor, its settable properties filled where nothing has been given them.</summary>
    public object Instance(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        ConstructorInfo? constructor = type.GetConstructors(All)
            .Where(candidate => !candidate.GetParameters()
                .Any(parameter => parameter.ParameterType == type || parameter.ParameterType.IsPointer
                    || parameter.ParameterType.IsByRefLike))
            .OrderByDescending(candidate => candidate.IsPublic)
            .ThenByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            return type.IsValueType ? Activator.CreateInstance(type)! : throw new CannotRunException($"{type.Name} has no constructor");
        }

        object made = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. constructor.GetParameters().Select(Of)], null);
        if (type.Assembly == program)
        {
            foreach (PropertyInfo property in type.GetProperties()
                .Where(property => property.SetMethod is not null && property.GetMethod is not null && property.GetIndexParameters()
                    .Length == 0))
            {
                if (IsEmpty(property.GetValue(made)))
                {
                    property.SetValue(made, Of(property.PropertyType, property.Name));
                }
            }
        }

        return made;
    }

    /// <summary>An instant or a time that nobody has given is in the year one, or none at all: no run would tell one such from another.</summary>
    private static bool IsEmpty(object? value) => value is null || (value is not (bool or Enum) && value.GetType() is { IsValueType: true } type
        && value.Equals(Activator.CreateInstance(type)));
}
