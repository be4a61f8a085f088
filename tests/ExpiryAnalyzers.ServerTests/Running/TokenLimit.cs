using System.Reflection;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>
/// Reads when a token will be cancelled. To wait for it would take as long as the locks live, so the source's timer is read where the
/// runtime keeps it.
/// </summary>
internal static class TokenLimit
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>How long the work may take that was handed the tokens: the shortest limit, null where none of them ever ends.</summary>
    public static TimeSpan? Of(IEnumerable<CancellationToken> tokens)
    {
        TimeSpan?[] limits = [.. tokens.Select(token => Of(Field<CancellationTokenSource>(token, "_source"), []))
            .Where(limit => limit is not null)];
        return limits.Length == 0 ? null : limits.Min();
    }

    private static TimeSpan? Of(CancellationTokenSource? source, HashSet<CancellationTokenSource> seen)
    {
        if (source is null || !seen.Add(source))
        {
            return null;
        }

        TimeSpan? limit = source.IsCancellationRequested ? TimeSpan.Zero : Own(source);
        foreach (CancellationTokenSource parent in Parents(source))
        {
            if (Of(parent, seen) is { } other && (limit is null || other < limit))
            {
                limit = other;
            }
        }

        return limit;
    }

    private static TimeSpan? Own(CancellationTokenSource source)
    {
        if (Field<object>(source, "_timer") is not { } timer || Field<object>(timer, "_dueTime") is not uint due || due == uint.MaxValue)
        {
            return null;
        }

        long started = (long)Field<object>(timer, "_startTicks")!;
        return TimeSpan.FromMilliseconds(due - (Environment.TickCount64 - started));
    }

    private static IEnumerable<CancellationTokenSource> Parents(CancellationTokenSource source)
    {
        foreach (FieldInfo field in source.GetType().GetFields(Hidden))
        {
            IEnumerable<CancellationTokenRegistration> links = field.GetValue(source) switch
            {
                CancellationTokenRegistration link => [link],
                CancellationTokenRegistration[] several => several,
                _ => [],
            };
            foreach (CancellationTokenRegistration link in links)
            {
                if (Field<CancellationTokenSource>(link.Token, "_source") is { } parent)
                {
                    yield return parent;
                }
            }
        }
    }

    private static T? Field<T>(object holder, string name)
        where T : class
    {
        for (Type? type = holder.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Hidden) is { } field)
            {
                return field.GetValue(holder) as T;
            }
        }

        throw new MissingFieldException(holder.GetType().FullName, name);
    }
}
