// Counts what an analyzer said of the course: dotnet run Count.cs PEER RULES, where RULES is what its results begin with, commas between.
// A bug is found where the marked line, or one of the three above it, has a result; a result that belongs to no mark is false.
using System.Text.Json;

string peer = args[0];
string[] rules = args[1].Split(',');
string course = Path.GetFullPath("../../tests/ExpiryAnalyzers.Tests/Course");
HashSet<(string File, int Line)> hits = [];
using JsonDocument log = JsonDocument.Parse(File.ReadAllText($"bin/{peer}.sarif"));
foreach (JsonElement result in log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
{
    string id = result.GetProperty("ruleId").GetString()!;
    if (rules.Any(id.StartsWith) && result.TryGetProperty("locations", out JsonElement locations))
    {
        JsonElement place = locations[0].GetProperty("physicalLocation");
        string file = new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath;
        hits.Add((file, place.GetProperty("region").GetProperty("startLine").GetInt32()));
    }
}

int bugs = 0, found = 0;
HashSet<(string, int)> belonging = [];
foreach (string file in Directory.EnumerateFiles(course, "*.cs", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(course, file).StartsWith("EXP")))
{
    foreach ((int index, string line) in File.ReadAllLines(file).Index())
    {
        if (line.Contains("// expect: EXP"))
        {
            bugs++;
            (string, int)[] near = [.. Enumerable.Range(index - 2, 4).Select(at => (file, at)).Where(hits.Contains)];
            belonging.UnionWith(near);
            found += near.Length > 0 ? 1 : 0;
        }
    }
}

Console.WriteLine($"{peer,-12} found {found} of {bugs}, elsewhere {hits.Count(hit => hit.File.StartsWith(course)) - belonging.Count(hits.Contains)}");
