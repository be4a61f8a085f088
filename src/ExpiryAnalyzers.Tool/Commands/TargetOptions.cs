using System.CommandLine;

namespace ExpiryAnalyzers.Tool.Commands;

/// <summary>The arguments that say what is analysed, the same for each command that analyses.</summary>
internal sealed class TargetOptions
{
    private readonly Argument<string> _target = new("target")
    {
        HelpName = "solution | project | folder",
        Description = "What to analyse; the folder you are in when left out.",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Option<string[]> _rules = new("--rule")
    {
        HelpName = "ID", Description = "Only this rule; may be given again. One that is off by default is switched on.",
    };

    private readonly Option<string[]> _properties = new("--property", "-p")
    {
        HelpName = "NAME=VALUE", Description = "An MSBuild property, such as Configuration=Release; may be given again.",
    };

    private readonly Option<string[]> _references = new("--references")
    {
        HelpName = "DIR", Description = "Assemblies to bind against where there is no project; may be given again.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _target.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] and var text }])
            {
                result.AddError($"There is no option '{text}'.");
            }
        });
        command.Arguments.Add(_target);
        command.Options.Add(_rules);
        command.Options.Add(_properties);
        command.Options.Add(_references);
    }

    /// <summary>Reads what was given.</summary>
    public TargetRequest Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_target),
        parsed.GetValue(_rules) ?? [],
        (parsed.GetValue(_properties) ?? []).Select(PropertyOf).ToDictionary(StringComparer.OrdinalIgnoreCase),
        parsed.GetValue(_references) ?? []);

    private static KeyValuePair<string, string> PropertyOf(string text) => text.Split('=', 2) is [{ Length: > 0 } name, var value]
        ? new(name, value)
        : throw new ToolException($"'--property {text}' has no value; write NAME=VALUE.");
}

/// <summary>What is to be analysed.</summary>
/// <param name="Target">A solution, project or folder, as it was given.</param>
/// <param name="Rules">The rules that were named.</param>
/// <param name="Properties">MSBuild's properties.</param>
/// <param name="References">Folders of assemblies.</param>
internal sealed record TargetRequest(
    string Target, IReadOnlyList<string> Rules, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> References);
