using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP301: one command or one transaction reads the key and sets its TTL, or extends the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GetThenExpireFix))]
public sealed class GetThenExpireFix() : ExpiryCodeFix("EXP301")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (CommandPair.Of(context) is not { } pair)
        {
            return [];
        }

        ReadValue value = new(pair);
        Fix? fix = context.Property(GetThenExpire.Shape) == GetThenExpire.LockExtension
            ? LockExtendEdit.Of(pair, value)
            : GetexEdit.Of(pair, value) ?? InTransaction(pair, value);
        return fix is null ? [] : [fix];
    }

    private static Fix? InTransaction(CommandPair pair, ReadValue value) =>
        value.DecidesAlone && pair.First.IsOnDatabase(pair.Model) && !IsOfManyCommands(pair.First) && (pair.First.Command != "StringGet" || HasNoSingleCommand(pair))
            ? TransactionEdit.Of(pair, "Read and set the TTL in one transaction (MULTI)")
            : null;

    /// <summary>Whether the client sends several commands for the read, which a transaction cannot take.</summary>
    private static bool IsOfManyCommands(ClientCall read) => read.Command is "StringGetWithExpiry" || read.Command.EndsWith("Scan", StringComparison.Ordinal);

    /// <summary>
    /// Whether GETEX is not to be had: for a conditional expire, on old servers, and with old clients. Elsewhere it is the better answer,
    /// which the client's own analyzer would ask for (SER303).
    /// </summary>
    private static bool HasNoSingleCommand(CommandPair pair)
    {
        IMethodSymbol read = pair.First.Operation.TargetMethod;
        bool isConditional = pair.Second.Argument("when") is not null && !pair.Second.IsConstant("when", "Always");
        return isConditional || read.ContainingType.GetMembers(read.Name.Replace("StringGet", "StringGetSetExpiry")).IsEmpty ||
            (ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context) && !ServerVersion.IsAdvisedFor(ServerVersion.Redis62, pair.Context, read));
    }
}
