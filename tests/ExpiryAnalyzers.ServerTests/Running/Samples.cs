using System.Reflection;
using System.Text.Json;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>What a program may expect to find in a string: what it is given, what it holds, what it reads its results from.</summary>
internal static class Samples
{
    private const int Most = 4;

    public static IReadOnlyList<string> Of(Subject subject, ValueTable values)
    {
        List<string> samples = [];
        if (Json(subject, values) is { } json)
        {
            samples.Add(json);
        }

        samples.AddRange(subject.Method.GetParameters().Where(parameter => IsText(parameter.ParameterType))
            .Select(parameter => values.Of(parameter)!.ToString()!).Reverse());
        object? instance = subject.InstanceOf(values);
        IEnumerable<FieldInfo> fields = instance?.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) ?? [];
        samples.AddRange(fields.Where(field => IsText(field.FieldType)).Select(field => field.GetValue(instance)?.ToString() ?? ""));
        return [.. samples.Where(sample => sample.Length > 0).Distinct().Take(Most)];
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(RedisValue);

    private static string? Json(Subject subject, ValueTable values)
    {
        if (subject.Method is not MethodInfo { ReturnType: { } type } || type == typeof(void) || type == typeof(Task))
        {
            return null;
        }

        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            type = type.GenericTypeArguments[0];
        }

        if (type.IsPrimitive || type == typeof(string) || type.Namespace?.StartsWith("StackExchange", StringComparison.Ordinal) == true)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Serialize(values.Of(type, "value"), type);
        }
        catch (Exception cannot) when (cannot is NotSupportedException or CannotRunException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
