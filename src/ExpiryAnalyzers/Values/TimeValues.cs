using System.Collections.Immutable;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// The values that an expression may have, one for each way of getting there: an immutable set whose join is the union, so
/// that a value which is bad on one path is seen beside the good or unknown one of another path.
/// A set that grows past <see cref="Limit"/> becomes <see cref="TooMany"/>, which absorbs everything, so that loops end.
/// </summary>
internal sealed class TimeValues : IEquatable<TimeValues>
{
    private const int Limit = 8;

    public static readonly TimeValues Unknown = new(ImmutableArray.Create(TimeValue.Unknown));

    private static readonly TimeValues TooMany = new(ImmutableArray.Create(TimeValue.Unknown));

    private TimeValues(ImmutableArray<TimeValue> alternatives) => Alternatives = alternatives;

    public ImmutableArray<TimeValue> Alternatives { get; }

    /// <summary>The constant length, where every path has the same.</summary>
    public TimeSpan? Length => Alternatives.Length == 1 ? Alternatives[0].Length : null;

    /// <summary>The constant number, where every path has the same.</summary>
    public double? Number => Alternatives.Length == 1 && Alternatives[0].Shape == TimeShape.Count ? Alternatives[0].Constant : null;

    /// <summary>Whether every path gives null, or the expiry that means "none".</summary>
    public bool IsNull => !Alternatives.IsEmpty && All(static value => value.Shape == TimeShape.Null);

    public static implicit operator TimeValues(TimeValue value) => value == TimeValue.Unknown ? Unknown : new(ImmutableArray.Create(value));

    public TimeValues Join(TimeValues other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(this, TooMany))
        {
            return this;
        }

        if (ReferenceEquals(other, TooMany))
        {
            return other;
        }

        ImmutableArray<TimeValue>.Builder? joined = null;
        foreach (TimeValue value in other.Alternatives)
        {
            if (!Alternatives.Contains(value))
            {
                joined ??= Alternatives.ToBuilder();
                joined.Add(value);
            }
        }

        return joined is null ? this : joined.Count > Limit ? TooMany : new(joined.ToImmutable());
    }

    public TimeValues Select(Func<TimeValue, TimeValue> change) => Select(static (value, change) => change(value), change);

    /// <summary>The same, of a change that needs something more to work on.</summary>
    public TimeValues Select<T>(Func<TimeValue, T, TimeValue> change, T argument)
    {
        if (ReferenceEquals(this, TooMany))
        {
            return this;
        }

        TimeValues? result = null;
        foreach (TimeValue value in Alternatives)
        {
            TimeValue changed = change(value, argument);
            // Of one that is not known there is but one set: it is told by that.
            bool isSame = Alternatives.Length == 1 && ReferenceEquals(changed, value) && value != TimeValue.Unknown;
            TimeValues next = isSame ? this : changed;
            result = result is null ? next : result.Join(next);
        }

        return result ?? Unknown;
    }

    /// <summary>Every pairing of an alternative of this with one of the other that may meet it.</summary>
    /// <param name="other">The other side's values.</param>
    /// <param name="combine">What a pair makes.</param>
    /// <param name="mayMeet">Whether a pair can be; null where each can.</param>
    public TimeValues Combine(
        TimeValues other,
        Func<TimeValue, TimeValue, TimeValue> combine,
        Func<TimeValue, TimeValue, bool>? mayMeet = null)
    {
        if (ReferenceEquals(other, TooMany))
        {
            return other;
        }

        TimeValues? result = null;
        foreach (TimeValue right in other.Alternatives)
        {
            if ((mayMeet is null ? this : Where(left => mayMeet(left, right))) is { } met)
            {
                TimeValues next = met.Select(left => combine(left, right));
                result = result is null ? next : result.Join(next);
            }
        }

        return result ?? Unknown;
    }

    public bool Any(Func<TimeValue, bool> test)
    {
        foreach (TimeValue value in Alternatives)
        {
            if (test(value))
            {
                return true;
            }
        }

        return false;
    }

    public bool All(Func<TimeValue, bool> test)
    {
        foreach (TimeValue value in Alternatives)
        {
            if (!test(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The alternatives that pass; null where none does, that is where the path cannot run.</summary>
    public TimeValues? Where(Func<TimeValue, bool> test)
    {
        if (All(test))
        {
            return this;
        }

        ImmutableArray<TimeValue> left = Alternatives.RemoveAll(value => !test(value));
        return left.Length == Alternatives.Length ? this : left.IsEmpty ? null : new(left);
    }

    public bool Equals(TimeValues? other) =>
        other is not null &&
        (ReferenceEquals(this, other) ||
            (ReferenceEquals(this, TooMany) == ReferenceEquals(other, TooMany) && Alternatives.Length == other.Alternatives.Length &&
                Alternatives.All(other.Alternatives.Contains)));

    public override bool Equals(object? obj) => Equals(obj as TimeValues);

    public override int GetHashCode() => Alternatives.Length;
}
