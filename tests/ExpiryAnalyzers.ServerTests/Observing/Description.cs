using System.Collections;
using System.Globalization;
using System.Reflection;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>Says in text what a value is; times are given as seconds from now, between tildes, so that two runs can be compared.</summary>
internal static class Description
{
    private const int Deepest = 3;

    public static string Of(object? value) => Of(value, 0);

    private static string Of(object? value, int depth) => value switch
    {
        null => "null",
        string text => RunText.Normal(text),
        DateTime instant => $"{RunText.FromNow(instant.Kind == DateTimeKind.Local ? instant.ToUniversalTime() : instant)} {instant.Kind}",
        DateTimeOffset instant => RunText.FromNow(instant.UtcDateTime),
        TimeSpan span => RunText.Seconds(span.TotalSeconds),
        RedisValue or RedisKey or Guid or IFormattable or bool or char =>
            RunText.Normal(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        byte[] bytes => RunText.Normal(System.Text.Encoding.UTF8.GetString(bytes)),
        Exception exception => exception.GetType().Name,
        Delegate or Task or Type => value.GetType().Name,
        RedisResult { Length: > 0 } several => "[" + string.Join(", ", ((RedisResult[])several!).Select(item => Of(item, depth + 1))) + "]",
        RedisResult or HashEntry or SortedSetEntry or NameValueEntry => RunText.Normal(value.ToString() ?? ""),
        IEnumerable several => "[" + string.Join(", ", several.Cast<object?>().Take(50).Select(item => Of(item, depth + 1))) + "]",
        _ => Members(value, depth),
    };

    private static string Members(object value, int depth)
    {
        Type type = value.GetType();
        if (depth >= Deepest || type.Namespace?.StartsWith("StackExchange", StringComparison.Ordinal) == true)
        {
            return type.Name;
        }

        IEnumerable<string> members = type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal)
            ? type.GetFields().Select(field => Of(field.GetValue(value), depth + 1))
            : type.GetProperties().Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => $"{property.Name} = {Of(Read(property, value), depth + 1)}");
        return $"{type.Name}({string.Join(", ", members)})";
    }

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
    }
}
