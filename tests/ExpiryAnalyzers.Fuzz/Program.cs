using System.CommandLine;
using ExpiryAnalyzers.Fuzz.Growth;
using ExpiryAnalyzers.Fuzz.Runs;

Argument<int> first = new("FIRST") { Description = "The first seed." };
Argument<int> count = new("COUNT") { Description = "How many seeds." };
Argument<string> name = new("NAME") { Description = "The dimension." };
Argument<string> analyzer = new("ANALYZER") { Description = "Ours, or the one that does nothing." };
Argument<int> upTo = new("SIZE") { Description = "The largest size." };
Argument<string> file = new("FILE") { Description = "A C# file." };
Option<string> only = new("--only") { Description = "Only dimensions whose name holds this.", DefaultValueFactory = static _ => "" };

Command fuzz = new("fuzz", "Generated code, seed by seed; prints what throws, dies or takes too long.") { first, count };
fuzz.SetAction(parsed => FuzzCommand.Run(parsed.GetValue(first), parsed.GetValue(count)));
Command chunk = new("chunk", "The same in this process.") { first, count };
chunk.SetAction(parsed => FuzzCommand.RunChunk(parsed.GetValue(first), parsed.GetValue(count)));
Command one = new("one", "The verdict on one file, in this process.") { file };
one.SetAction(parsed => FuzzCommand.RunFile(parsed.GetRequiredValue(file)));
Command write = new("write", "The text of one seed.") { first };
write.SetAction(parsed => Console.Write(ExpiryAnalyzers.Fuzz.Bodies.Cases.Write(parsed.GetValue(first))));
Command nothing = new("nothing", "An analyzer that does nothing on one file, in this process.") { file };
nothing.SetAction(parsed => FuzzCommand.RunNothing(parsed.GetRequiredValue(file)));
Command shrink = new("shrink", "The smallest text that fails as one seed does, in this process.") { first };
shrink.SetAction(parsed => FuzzCommand.Shrink(parsed.GetValue(first)));
Command growth = new("growth", "The table of how cost grows with the code, over an analyzer that does nothing.") { upTo, only };
growth.SetAction(parsed => GrowthCommand.Table(parsed.GetValue(upTo), parsed.GetValue(only)!));
Command rows = new("growth-rows", "The rows of one dimension, in this process.") { name, upTo };
rows.SetAction((parsed, _) => GrowthCommand.RowsAsync(parsed.GetRequiredValue(name), parsed.GetValue(upTo)));
Command depth = new("depth", "How deep an analyzer that does nothing goes on a small stack, and whether ours goes as deep.") { upTo };
depth.SetAction(parsed => GrowthCommand.Depths(parsed.GetValue(upTo)));
Command survive = new("survive", "One form at one depth, in this process.") { name, upTo, analyzer };
survive.SetAction(parsed => GrowthCommand.Survive(parsed.GetRequiredValue(name), parsed.GetValue(upTo), parsed.GetRequiredValue(analyzer)));
Command cancel = new("cancel", "The milliseconds until a cancelled analysis has ended, at one size.") { upTo };
cancel.SetAction(parsed => GrowthCommand.Cancel(parsed.GetValue(upTo)));
Argument<string> client = new("CLIENT") { Description = "A version of StackExchange.Redis." };
Argument<string> language = new("LANGUAGE") { Description = "A version of C#." };
Command matrix = new("matrix", "The course beside each client and in each C#, with every repair.");
matrix.SetAction(static _ => MatrixCommand.RunAll());
Command matrixLeg = new("matrix-leg", "One client and one C#, in this process.") { client, language };
matrixLeg.SetAction(parsed => MatrixCommand.Run(parsed.GetRequiredValue(client), parsed.GetRequiredValue(language)));

return await new RootCommand("Hostile code and growth.") { fuzz, chunk, one, nothing, write, shrink, growth, rows, depth, survive, cancel, matrix, matrixLeg }
    .Parse(args).InvokeAsync();
