using ExpiryAnalyzers.Tool;
using ExpiryAnalyzers.Tool.Commands;

return await CommandLine.InvokeAsync(args, Terminal.OfProcess());
