using System.CommandLine;
using ExpiryAnalyzers.NewRule;

Argument<string> id = new("id") { Description = "EXP and three digits; the first is the area: 1 Time, 2 Lock, 3 Atomicity, 4 Lifetime." };
Argument<string> name = new("name") { Description = "The fault, in one word: LockWithoutMargin." };
Argument<string> title = new("title") { Description = "The fault, as users read it: \"Lock TTL without a safety margin\"." };
Option<DirectoryInfo> root = new("--root") { Description = "The repository.", DefaultValueFactory = _ => new(".") };
RootCommand command = new("Makes the four files of a rule and registers it. What it makes builds and passes its tests; then make it yours.") { id, name, title, root };
command.SetAction(result =>
{
    Scaffold scaffold = new(result.GetRequiredValue(id), result.GetRequiredValue(name), result.GetRequiredValue(title), result.GetRequiredValue(root).FullName);
    if (scaffold.Complaint is { } complaint)
    {
        Console.Error.WriteLine(complaint);
        return 1;
    }

    foreach (string file in scaffold.Write())
    {
        Console.WriteLine(file);
    }

    Console.WriteLine("Next: dotnet run --project tools/Docs, then dotnet test tests/ExpiryAnalyzers.Tests --filter " + result.GetRequiredValue(id));
    return 0;
});
return command.Parse(args).Invoke();
