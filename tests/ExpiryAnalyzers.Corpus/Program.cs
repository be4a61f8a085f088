using ExpiryAnalyzers.Corpus;

return await CommandLine.InvokeAsync(args);
