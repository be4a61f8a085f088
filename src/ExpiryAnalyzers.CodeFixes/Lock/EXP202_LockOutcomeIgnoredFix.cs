using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// Repairs EXP202: leaves where the lock is not held, releases in a <c>finally</c>, or gives the token that the lock was taken with.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOutcomeIgnoredFix))]
public sealed class LockOutcomeIgnoredFix() : ExpiryCodeFix("EXP202")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        Fix? fix = context.Property(LockOutcomeIgnored.Fault) switch
        {
            LockOutcomeIgnored.Unchecked => OutcomeCheck.Fix(context),
            LockOutcomeIgnored.NotReleased => ReleaseInFinally.Fix(context),
            LockOutcomeIgnored.OtherToken => SameToken(context),
            _ => null,
        };
        if (fix is not null)
        {
            yield return fix;
        }
    }

    private static Fix? SameToken(FixContext context)
    {
        if (context.Node is not ExpressionSyntax given || context.AdditionalNode(0) is not ExpressionSyntax taken ||
            context.OperationOf(taken) is not { } token || !IsSame(token, given.SpanStart, context))
        {
            return null;
        }

        return new(
            "SameToken",
            $"Give '{taken}', which the lock was taken with",
            [given],
            editor => editor.Replace(given, current => taken.WithTriviaFrom(current)));
    }

    /// <summary>Whether a token is a text, a variable or a member with one value in all its life, and can be named at a place.</summary>
    private static bool IsSame(IOperation token, int position, FixContext context) => token switch
    {
        { ConstantValue.HasValue: true } => IsNamedAt(position, token, context),
        ILocalReferenceOperation or IParameterReferenceOperation => IsNamedAt(position, token, context) &&
            context.Analysis.BodyAround(token) is { } body && Repeatable.IsStable(token, body.Assignments),
        IFieldReferenceOperation { Field: { } field } => field.IsReadOnly && IsNamedAt(position, token, context),
        IPropertyReferenceOperation { Property: { } property, Instance: null or IInstanceReferenceOperation } =>
            IsKept(property, context) && IsNamedAt(position, token, context),
        _ => false,
    };

    private static bool IsNamedAt(int position, IOperation token, FixContext context) =>
        token is ILiteralOperation ||
        (DefUse.SymbolOf(token) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, context.Model
            .GetSpeculativeSymbolInfo(position, token.Syntax, SpeculativeBindingOption.BindAsExpression).Symbol));

    /// <summary>Whether a property gives what it was once given: what a getter computes may be new each time.</summary>
    private static bool IsKept(IPropertySymbol property, FixContext context)
    {
        bool isOfText = property.Type.SpecialType == SpecialType.System_String;
        return property.SetMethod is not { IsInitOnly: false } && property.DeclaringSyntaxReferences switch
        {
            [] => isOfText,
            [{ } declaration] => declaration.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax written &&
                written.AccessorList?.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null) == true,
            _ => false,
        };
    }
}

/// <summary>The repairs of EXP202 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOutcomeIgnoredAskingFix))]
public sealed class LockOutcomeIgnoredAskingFix() : AskingCodeFix(new LockOutcomeIgnoredFix());
