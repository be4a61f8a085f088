using System.Text;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>A command as it went over the wire.</summary>
/// <param name="Number">Its number among those that touch data, counted from one.</param>
/// <param name="Words">Its name, in capitals, and its arguments.</param>
internal sealed record RespCommand(int Number, int Database, IReadOnlyList<byte[]> Words)
{
    public string Name { get; } = Encoding.UTF8.GetString(Words[0]).ToUpperInvariant();

    /// <summary>Whether Redis 6.2 does not know the command or its form.</summary>
    public bool IsNewerThan62 => Name switch
    {
        "EXPIRE" or "PEXPIRE" or "EXPIREAT" or "PEXPIREAT" => Words.Count > 3,
        "EXPIRETIME" or "PEXPIRETIME" or "HEXPIRE" or "HPEXPIRE" or "HEXPIREAT" or "HPEXPIREAT" or "HGETEX" or "HSETEX" or "LMPOP" or "ZMPOP" or "SINTERCARD" => true,
        _ => false,
    };

    public string Text(int index) => Encoding.UTF8.GetString(Words[index]);

    public override string ToString() => string.Join(' ', Words.Select(word => Encoding.UTF8.GetString(word)));
}
