using System.CommandLine;
using ExpiryAnalyzers.Docs;

Option<DirectoryInfo> root = new("--root") { Description = "The repository.", DefaultValueFactory = _ => new(".") };
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
return command.Parse(args).Invoke();
