using System.Reflection;

namespace ExpiryAnalyzers.Tests;

/// <summary>What objects hold.</summary>
internal static class ObjectGraph
{
    /// <summary>How many objects and elements of arrays can be reached from some.</summary>
    public static int Size(params object[] roots)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> left = new(roots);
        int size = 0;
        while (left.TryPop(out object? next))
        {
            if (next.GetType() is { IsValueType: false } && !seen.Add(next))
            {
                continue;
            }

            size += next is Array array ? 1 + array.Length : 1;
            foreach (object held in Held(next))
            {
                left.Push(held);
            }
        }

        return size;
    }

    private static IEnumerable<object> Held(object holder)
    {
        if (holder is Type or MemberInfo or Delegate or string || holder.GetType().IsPrimitive)
        {
            return [];
        }

        return holder is Array array ? array.OfType<object>() : Fields(holder.GetType()).Select(field => field.GetValue(holder)).OfType<object>();
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
