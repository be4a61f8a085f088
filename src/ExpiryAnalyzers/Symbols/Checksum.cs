using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Symbols;

/// <summary>A sum of pieces of text, by which two states of a source are told apart (FNV-1a, 64 bits).</summary>
internal sealed class Checksum
{
    private const long Factor = 1_099_511_628_211;

    public long Value { get; private set; } = -3_750_763_034_362_895_579;

    public void Add(long number) => Value = unchecked((Value ^ number) * Factor);

    public void Add(string text) => Add(text, new TextSpan(0, text.Length));

    public void Add(string text, TextSpan span)
    {
        Add(span.Length);
        long value = Value;
        for (int at = span.Start; at < span.End; at++)
        {
            value = unchecked((value ^ text[at]) * Factor);
        }

        Value = value;
    }
}
