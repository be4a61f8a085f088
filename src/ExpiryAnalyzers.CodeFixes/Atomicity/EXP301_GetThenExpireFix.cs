using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Repairs EXP301: one command or one transaction reads the key and sets its TTL, or extends the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GetThenExpireFix))]
internal sealed class GetThenExpireFix() : ExpiryCodeFix("EXP301")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        // What reads the value and then throws must not have moved the TTL: no command is made past what may.
        if (CommandPair.Of(context) is not { IsQuietBetween: true } pair)
        {
            return [];
        }

        ReadValue value = new(pair);
        Fix? fix = context.Property(GetThenExpire.Shape) == GetThenExpire.LockExtension
            ? LockExtendEdit.Of(pair, value)
            : GetexEdit.Of(pair, value) ?? InTransaction(pair, value);
        return fix is null ? [] : [pair.Guards.Count == 0 ? fix : RefusedExpiry.Marked(fix, context)];
    }

    private static Fix? InTransaction(CommandPair pair, ReadValue value)
    {
        bool canBeQueued = value.DecidesAlone && pair.First.IsOnDatabase(pair.Context) && !IsOfManyCommands(pair.First) &&
            (pair.First.Command != ClientNames.StringGet || HasNoSingleCommand(pair));
        return canBeQueued ? TransactionEdit.Of(pair, "Read and set the TTL in one transaction (MULTI)") : null;
    }

    /// <summary>Whether the client sends several commands for the read, which a transaction cannot take.</summary>
    private static bool IsOfManyCommands(ClientCall read) =>
        read.Command == ClientNames.StringGetWithExpiry || read.Command.EndsWith(ClientNames.Scan, StringComparison.Ordinal);

    /// <summary>
    /// Whether GETEX is not to be had: for a conditional expire, on old servers, and with old clients. Elsewhere it is the better answer,
    /// which the client's own analyzer would ask for (SER303).
    /// </summary>
    private static bool HasNoSingleCommand(CommandPair pair)
    {
        IMethodSymbol read = pair.First.Operation.TargetMethod;
        string getex = read.Name.Replace(ClientNames.StringGet, ClientNames.StringGetSetExpiry);
        bool isOfOldServer = ServerVersion.IsBelow(ServerVersion.Redis62, pair.Context) &&
            !ServerVersion.IsAdvisedFor(ServerVersion.Redis62, pair.Context, read);
        return !pair.Second.IsUnconditional || isOfOldServer || read.ContainingType.GetMembers(getex).IsEmpty;
    }
}

/// <summary>The repairs of EXP301 that ask: on a key of another type than the read's, they do what the code did not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GetThenExpireAskingFix))]
internal sealed class GetThenExpireAskingFix() : AskingCodeFix(new GetThenExpireFix());
