using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lifetime;

/// <summary>
/// Repairs EXP401 where the code plainly means something else: to delete the key, to let it live for ever in the way that the member
/// takes for that, or a whole number of units.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlNotWhatItSaysFix))]
internal sealed class TtlNotWhatItSaysFix() : ExpiryCodeFix("EXP401")
{
    private const string Never = "Never";
    private const string NeverTitle = "Store it without a TTL";
    private const string Persist = "Persist";
    private const string PersistTitle = "Take the key's TTL away";

    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if (context.Node is not ExpressionSyntax ttl)
        {
            return [];
        }

        Fix? fix = context.Has(TtlNotWhatItSays.IsReversed) ? Exchanged(context)
            : context.Has(TtlNotWhatItSays.IsFraction) ? Whole(ttl, context)
            : context.Has(TtlNotWhatItSays.IsOnSomePath) ? null
            : Meant(ttl, context);
        return fix is null ? [] : [fix];
    }

    /// <summary>"Never" or a delete, as the value says.</summary>
    private static Fix? Meant(ExpressionSyntax ttl, FixContext context) =>
        IsInfinite(ttl, context) || OutcomeOf(context) == TtlOutcome.LeavesTtl ? ForEver(ttl, context) : Deleted(ttl, context);

    /// <summary>The deadline less the clock. That it is a deadline its name said, so that the user has to agree.</summary>
    private static Fix? Exchanged(FixContext context)
    {
        if (context.Has(SinkReport.IsIndirect) ||
            context.AdditionalNode(0) is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference)
        {
            return null;
        }

        (ExpressionSyntax clock, ExpressionSyntax deadline) = (difference.Left, difference.Right);
        CheckedEdits edits = new(context);
        edits.Replace(clock, deadline.WithTriviaFrom(clock));
        edits.Replace(deadline, clock.WithTriviaFrom(deadline));
        return edits.ToFix("Exchange", "Subtract the clock from the deadline") is { } fix ? fix with { Asks = true } : null;
    }

    /// <summary>The number rounded up: the server reads whole ones alone.</summary>
    private static Fix? Whole(ExpressionSyntax number, FixContext context) => With(
        number,
        WholeNumbers.RoundedUp(number, SyntaxKind.LongKeyword, context),
        "Whole",
        "Round up to a whole number",
        context);

    /// <summary>"Never", as the member is told it.</summary>
    private static Fix? ForEver(ExpressionSyntax ttl, FixContext context)
    {
        if (context.Has(SinkReport.IsIndirect) || !Enum.TryParse(context.Property(TtlNotWhatItSays.Never), out NeverForm never))
        {
            return null;
        }

        return never switch
        {
            NeverForm.LeftOut => LeftOut(ttl, context),
            NeverForm.Null => With(ttl, Expressions.Null(), Persist, PersistTitle, context),
            NeverForm.Zero => With(ttl, Expressions.Number(0), Never, NeverTitle, context),
            NeverForm.Maximum =>
                With(ttl, Imports.Static(context, Types.TimeSpan, nameof(TimeSpan.MaxValue)), Never, NeverTitle, context),
            NeverForm.OtherMethod when CallAt(ttl) is var (call, argument) &&
                context.Property(TtlNotWhatItSays.NeverMethod) is { } method => Persisted(call, argument, method, context),
            _ => null,
        };
    }

    /// <summary>Another answer comes of the method that takes the TTL away: whether the key had one. Who uses it must decide.</summary>
    private static Fix? Persisted(InvocationExpressionSyntax call, ArgumentSyntax argument, string method, FixContext context) =>
        InPlace(call, argument, method, Persist, PersistTitle, context) is { } fix ? fix with { Asks = IsUsed(call) } : null;

    /// <summary>The delete that EXPIRE with zero or less is.</summary>
    private static Fix? Deleted(ExpressionSyntax ttl, FixContext context)
    {
        bool isMeant = OutcomeOf(context) == TtlOutcome.Deletes && !context.Has(TtlNotWhatItSays.IsCutDown) && IsPlain(ttl, context);
        return isMeant && CallAt(ttl) is var (call, argument) && IsExpire(call, context)
            ? InPlace(call, argument, ClientNames.KeyDelete, "Delete", "Delete the key", context)
            : null;
    }

    /// <summary>
    /// Whether a TTL says that it is none where it stands, and not by a member of the user's own, whose value may be a mistake or change.
    /// </summary>
    private static bool IsPlain(ExpressionSyntax ttl, FixContext context)
    {
        IEnumerable<SyntaxNode> parts = ttl.DescendantNodesAndSelf()
            .Concat(DeclarationOf(ttl, context)?.DescendantNodes() ?? []);
        return !parts.OfType<SimpleNameSyntax>().Any(part =>
            context.SymbolOf(part) is IFieldSymbol or IPropertySymbol && context.SymbolOf(part)!.DeclaringSyntaxReferences.Length > 0);
    }

    /// <summary>Whether a call is StackExchange.Redis' EXPIRE.</summary>
    private static bool IsExpire(InvocationExpressionSyntax call, FixContext context) =>
        context.SymbolOf(call) is IMethodSymbol method && Types.HasCommands(method.ContainingType) &&
        context.Analysis.EffectOf(method) == Effect.SetExpiry;

    private static TtlOutcome OutcomeOf(FixContext context) =>
        Enum.TryParse(context.Property(TtlNotWhatItSays.Outcome), out TtlOutcome outcome) ? outcome : TtlOutcome.AsSaid;

    /// <summary>The call without the argument, the object without the setting.</summary>
    private static Fix? LeftOut(ExpressionSyntax ttl, FixContext context)
    {
        CheckedEdits edits = new(context);
        switch (Shapes.Outermost(ttl).Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax list } argument:
                edits.Replace(list, Without(list, argument, context));
                break;
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } setting
                when initializer.Parent is BaseObjectCreationExpressionSyntax made && Layout.CommentsOf(made).Count == 0:
                edits.Replace(made, Without(made, setting));
                break;
            case AssignmentExpressionSyntax:
                edits.Replace(ttl, Expressions.Null());
                break;
            default:
                return null;
        }

        if (DeclarationOf(ttl, context) is { } declaration)
        {
            edits.RemoveIfUnread(declaration);
        }

        return edits.ToFix(Never, NeverTitle);
    }

    /// <summary>The arguments without one; those that follow it get their names.</summary>
    private static ArgumentListSyntax Without(ArgumentListSyntax list, ArgumentSyntax argument, FixContext context)
    {
        int index = list.Arguments.IndexOf(argument);
        ArgumentListSyntax named = list.ReplaceNodes(
            list.Arguments.Skip(index + 1).Where(static later => later.NameColon is null),
            (later, _) => context.OperationOf(later) is IArgumentOperation { Parameter: { } parameter }
                ? Arguments.Named(later, parameter.Name)
                : later);
        return Arguments.Without(named, index);
    }

    private static BaseObjectCreationExpressionSyntax Without(BaseObjectCreationExpressionSyntax made, ExpressionSyntax setting)
    {
        InitializerExpressionSyntax settings = made.Initializer!;
        InitializerExpressionSyntax left = Arguments.Without(settings, settings.Expressions.IndexOf(setting));
        if (left.Expressions.Count > 0)
        {
            return made.WithInitializer(left);
        }

        BaseObjectCreationExpressionSyntax bare = made.WithInitializer(null).WithArgumentList(made.ArgumentList ?? Arguments.List([]));
        return bare is ObjectCreationExpressionSyntax named ? named.WithType(named.Type.WithoutTrailingTrivia()) : bare;
    }

    /// <summary>The call that a TTL is an argument of.</summary>
    private static (InvocationExpressionSyntax Call, ArgumentSyntax Argument)? CallAt(ExpressionSyntax ttl) =>
        Shapes.Outermost(ttl).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
            ? (call, argument)
            : null;

    /// <summary>Whether the code says "never" by a name of the framework's.</summary>
    private static bool IsInfinite(ExpressionSyntax ttl, FixContext context) =>
        context.SymbolOf(ttl) is { Name: nameof(Timeout.InfiniteTimeSpan) or nameof(TimeSpan.MaxValue) } field &&
        (Types.IsTimeout(field.ContainingType) || Types.IsDuration(field.ContainingType));

    /// <summary>Another command of the same key in the place of the call.</summary>
    private static Fix? InPlace(
        InvocationExpressionSyntax call,
        ArgumentSyntax expiry,
        string method,
        string key,
        string title,
        FixContext context)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => IsCondition(argument, context)) || Shapes.NameOf(call.Expression) is not { } name)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        string replacement = ClientNames.IsAsync(name.Identifier.ValueText) ? method + ClientNames.Async : method;
        InvocationExpressionSyntax renamed = call.ReplaceNode(name, SyntaxFactory.IdentifierName(replacement).WithTriviaFrom(name));
        ArgumentListSyntax list = renamed.ArgumentList;
        edits.Replace(call, renamed.WithArgumentList(list.WithArguments(list.Arguments.RemoveAt(arguments.IndexOf(expiry)))));
        if (DeclarationOf(expiry.Expression, context) is { } declaration)
        {
            edits.RemoveIfUnread(declaration);
        }

        return edits.ToFix(key, title);
    }

    private static bool IsCondition(ArgumentSyntax argument, FixContext context) =>
        context.OperationOf(argument) is IArgumentOperation { Parameter.Name: ClientNames.When };

    private static Fix? With(ExpressionSyntax ttl, ExpressionSyntax replacement, string key, string title, FixContext context)
    {
        CheckedEdits edits = new(context);
        edits.Replace(ttl, replacement);
        return edits.ToFix(key, title);
    }

    /// <summary>The declaration of a local that the TTL is, whose last use may go.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(ExpressionSyntax ttl, FixContext context) =>
        context.SymbolOf(ttl) is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] } &&
        reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax declarator &&
        declarator.Parent?.Parent is LocalDeclarationStatementSyntax declaration
            ? declaration
            : null;

    /// <summary>Whether the call's answer is used, which another command would give differently.</summary>
    private static bool IsUsed(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = call;
        while (Around(outer) is { } around)
        {
            outer = around;
        }

        return !(outer.Parent is ExpressionStatementSyntax ||
            (outer.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } discarded &&
                Statements.IsDiscard(discarded.Left)));
    }

    /// <summary>What waits for an answer, or wraps it.</summary>
    private static ExpressionSyntax? Around(ExpressionSyntax answer) =>
        answer.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax
            ? (ExpressionSyntax)answer.Parent
            : TaskWaits.CallOn(answer, nameof(Task.ConfigureAwait));
}

/// <summary>The repairs of EXP401 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TtlNotWhatItSaysAskingFix))]
internal sealed class TtlNotWhatItSaysAskingFix() : AskingCodeFix(new TtlNotWhatItSaysFix());
