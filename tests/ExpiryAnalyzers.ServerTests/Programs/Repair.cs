namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>One action that a fix offers for one finding, applied.</summary>
/// <param name="File">The file that the finding is in.</param>
/// <param name="Line">The line of the finding, counted from one.</param>
/// <param name="Member">The member to run.</param>
internal sealed record Repair(string Id, string File, int Line, string Title, string Key, bool Asks, MemberName Member,
    SourceProgram Original, SourceProgram Repaired)
{
    /// <summary>Its number among those of the same name.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Whether no other finding stands in the member: what it does wrong then is this.</summary>
    public bool IsAlone { get; init; } = true;

    /// <summary>Whether the repair keeps the machine's own time, and converts it.</summary>
    public bool KeepsLocalTime =>
        Title.Contains("ToUniversalTime", StringComparison.Ordinal) || Key.StartsWith("Local", StringComparison.Ordinal);

    /// <summary>Names the case in the lists, wherever in the file it stands.</summary>
    public string Name => $"{Id} {File} {Member} [{Key}]{(Number > 1 ? "#" + Number : "")}";

    public override string ToString() => $"{Name} line {Line} \"{Title}\"";
}
