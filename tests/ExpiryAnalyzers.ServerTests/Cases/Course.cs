using System.Text.RegularExpressions;
using ExpiryAnalyzers.Tests.Programs;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>The files of the course, each with the rules that it is about.</summary>
internal static partial class Course
{
    /// <summary>The folder about clients of which there is no more than their declarations: nothing there can run.</summary>
    private const string Declared = "DeclaredClients/";

    private static readonly string Root = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests", "Course");

    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith(Declared, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static async Task<(List<Repair> Repairs, int WithoutFix)> RepairsAsync(string file)
    {
        string[] ids = [.. Rule()
            .Matches(Repository.Read("tests", "ExpiryAnalyzers.Tests", "Course", Path.GetDirectoryName(file)!, "rules.txt"))
                .Select(match => match.Value)];
        string text = Repository.Read("tests", "ExpiryAnalyzers.Tests", "Course", file);
        return await Programs.Repairs.OfAsync(SourceProgram.Of(Path.GetFileNameWithoutExtension(file), text, ids), file, ids);
    }

    [GeneratedRegex(@"EXP\d{3}")]
    private static partial Regex Rule();
}
