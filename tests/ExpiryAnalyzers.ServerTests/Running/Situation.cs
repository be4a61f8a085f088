using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>What a member is run in.</summary>
/// <param name="State">The name of the state that the keys are in.</param>
/// <param name="Keys">What the server holds at the beginning.</param>
internal sealed record Situation(string State, IReadOnlyList<KeyEntry> Keys)
{
    public static readonly Situation Empty = new("missing", []);

    /// <summary>What has not ended by then does not end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When the tokens are cancelled that the program is given; never where it is null.</summary>
    public TimeSpan? StopAfter { get; init; }

    public Variant Variant { get; init; } = Variant.Usual;

    /// <summary>The call of the surroundings that fails; none where it is zero.</summary>
    public int FailingCall { get; init; }

    /// <summary>The command before which the connection is cut; none where it is zero.</summary>
    public int CutBefore { get; init; }

    /// <summary>The command before which <see cref="Meddle"/> works on the server; none where it is zero.</summary>
    public int MeddleBefore { get; init; }

    /// <summary>Whether the machine's zone is one whose clocks are about to change.</summary>
    public bool ClocksChange { get; init; }

    /// <summary>Whether the instants that the program is given are but half a minute away.</summary>
    public bool IsEnding { get; init; }

    /// <summary>
    /// Whether server and surroundings take their time, so that what is not waited for is not done when the member returns.
    /// </summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether the server's memory is full, so that it refuses what would take more.</summary>
    public bool IsFull { get; init; }

    /// <summary>What another client does.</summary>
    public Func<Stage, RespCommand, Task>? Meddle { get; init; }

    /// <summary>What goes on while each call of the surroundings is at work.</summary>
    public Func<Stage, Task>? AtWork { get; init; }

    /// <summary>Whether nothing happens in it.</summary>
    public bool IsPlain => Variant == Variant.Usual && FailingCall == 0 && !IsSlow && !IsFull && AtWork is null;

    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return State;
        if (Variant != Variant.Usual)
        {
            yield return Variant.ToString();
        }

        if (FailingCall > 0)
        {
            yield return $"call {FailingCall} fails";
        }

        if (ClocksChange)
        {
            yield return "clocks change";
        }

        if (IsSlow)
        {
            yield return "slow";
        }

        if (IsFull)
        {
            yield return "server full";
        }

        if (AtWork is not null)
        {
            yield return "long work";
        }

        if (CutBefore > 0)
        {
            yield return $"cut before command {CutBefore}";
        }

        if (MeddleBefore > 0)
        {
            yield return $"another client before command {MeddleBefore}";
        }
    }
}
