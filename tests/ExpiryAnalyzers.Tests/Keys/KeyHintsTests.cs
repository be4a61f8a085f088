using Xunit;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>What names are still asked for: members out of view, each sort with an example.</summary>
public sealed class KeyHintsTests
{
    private const string Members = """
        public interface IOut { string NextId(int shard); string For(string id); string Name(); string GetName(); DateTime UtcNow { get; } string Current { get; } string ReadKey(string id); }
        private IOut _out = null!;
        """;

    [Theory]
    [InlineData("_out.For(a)")]
    [InlineData("_out.GetName()")]
    [InlineData("_out.Current")]
    public void AnswersTheSame(string expression) => Assert.NotNull(Seen.In($"See({expression});", Members)[0]);

    [Theory]
    [InlineData("_out.NextId(n)")]
    [InlineData("_out.ReadKey(a)")]
    [InlineData("_out.Name()")]
    [InlineData("_out.UtcNow")]
    public void MayAnswerSomethingElse(string expression) => Assert.Null(Seen.In($"See({expression});", Members)[0]);
}
