using System.CommandLine;
using ExpiryAnalyzers.Docs;

Option<DirectoryInfo> root = new("--root") { Description = "The repository.", DefaultValueFactory = _ => new("."), Recursive = true };
Option<bool> check = new("--check") { Description = "Change nothing; exit 1 if something is out of date." };
RootCommand command = new("Writes what follows from the rules' descriptors: the tables of rules and the presets of the package.") { root, check };
command.SetAction(result =>
{
    int stale = 0;
    foreach (GeneratedFile file in Catalogue.Files(result.GetValue(root)!.FullName))
    {
        if (!file.IsCurrent)
        {
            stale++;
            Console.WriteLine((result.GetValue(check) ? "out of date: " : "wrote ") + file.Path);
            if (!result.GetValue(check))
            {
                file.Write();
            }
        }
    }

    return result.GetValue(check) && stale > 0 ? 1 : 0;
});

Argument<string> leg = new("LEG") { Description = "A leg of .ci/long." };
Argument<string> run = new("RUN") { Description = "When, where and of what: the line above the figures." };
Command figures = new("figures", "Puts what a long leg printed, read from the standard input, into the pages that show it.") { leg, run };
figures.SetAction(result =>
{
    string output = Console.In.ReadToEnd();
    if (string.IsNullOrWhiteSpace(output))
    {
        Console.Error.WriteLine("The leg printed nothing.");
        return 1;
    }

    foreach (GeneratedFile page in Figures.Files(result.GetValue(root)!.FullName, result.GetRequiredValue(leg), result.GetRequiredValue(run), output))
    {
        page.Write();
        Console.WriteLine("wrote " + page.Path);
    }

    return 0;
});
command.Subcommands.Add(figures);
return command.Parse(args).Invoke();
