using System.Globalization;
using ExpiryAnalyzers.Corpus.Cost;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>The measured cost; kept apart from the findings because it differs from run to run.</summary>
internal static class TimingsReport
{
    /// <summary>Writes one row per repository and the total.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RepositoryResult> results)
    {
        writer.WriteLine("milliseconds on one thread: binding all bodies; an analyzer that does nothing; ours; own = ours - no-op; ours without summaries of the code's own members");
        writer.WriteLine(Row("repository", "files", "errors", "binding", "no-op", "ours", "own/binding", "ours/no-op", "without", "ours/without"));
        foreach (RepositoryResult result in results)
        {
            if (result.Cost is { } cost)
            {
                writer.WriteLine(Row(result.Name, result.Size.Files, cost));
            }
        }

        RepositoryCost[] costs = [.. results.Select(static result => result.Cost).OfType<RepositoryCost>()];
        RepositoryCost total = new(
            Sum(costs, static cost => cost.Binding),
            Sum(costs, static cost => cost.NoOp),
            Sum(costs, static cost => cost.Ours),
            Sum(costs, static cost => cost.WithoutSummaries),
            costs.Sum(static cost => cost.CompileErrors));
        writer.WriteLine(Row("total", results.Sum(static result => result.Size.Files), total));
    }

    private static string Row(string name, int files, RepositoryCost cost) =>
        Row(name, $"{files}", $"{cost.CompileErrors}", Number(cost.Binding), Number(cost.NoOp), Number(cost.Ours), Ratio(cost.OwnToBinding), Ratio(cost.OursToNoOp), Number(cost.WithoutSummaries), Ratio(cost.OursToWithout));

    private static string Row(string name, string files, string errors, string binding, string noOp, string ours, string own, string ratio, string without, string ofWithout) =>
        $"{name,-50} {files,7} {errors,8} {binding,9} {noOp,9} {ours,9} {own,12} {ratio,11} {without,9} {ofWithout,13}";

    private static string Number(TimeSpan time) => time.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static TimeSpan Sum(IEnumerable<RepositoryCost> costs, Func<RepositoryCost, TimeSpan> part) =>
        TimeSpan.FromTicks(costs.Sum(cost => part(cost).Ticks));
}
