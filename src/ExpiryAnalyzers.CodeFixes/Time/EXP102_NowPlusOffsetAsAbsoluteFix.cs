using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>
/// Repairs EXP102: the span goes to the relative form of the sink, be it a command sent by name. That clears EXP101 there, too. It asks
/// where the clock is read a while before the call: the span would end later than the instant did.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NowPlusOffsetAsAbsoluteFix))]
internal sealed class NowPlusOffsetAsAbsoluteFix() : ExpiryCodeFix("EXP102")
{
    private const string Key = "Relative";

    /// <summary>Marks what the sinks get, so that the repaired program can be asked what becomes of it.</summary>
    private static readonly SyntaxAnnotation Given = new();

    private protected override IEnumerable<Fix> Fixes(FixContext context) =>
        context.Node is ExpressionSyntax number && OfCommand(number, context) is { } fix ? [fix] : ToRelative(context);

    /// <summary>The offset from the clock given to the relative form of the sink.</summary>
    /// <param name="context">What the fix may look at.</param>
    /// <param name="followsMembers">Whether an instant that a member keeps is looked through.</param>
    internal static IEnumerable<Fix> ToRelative(FixContext context, bool followsMembers = false)
    {
        if (context.Node is not ExpressionSyntax sink || context.Has(SinkReport.SpanSlides))
        {
            return [];
        }

        CheckedEdits edits = new(context);
        SpanRewriter spans = new(context, edits, AllowsNever(sink, context)) { FollowsMembers = followsMembers };
        if (!Rewrite(sink, spans, edits, context) || !RewriteOtherSinks(sink, spans, edits, context))
        {
            return [];
        }

        bool isArgument = NameOfAbsolute(sink) is null;
        string title = isArgument ? "Pass the offset as a relative TTL" : $"Set {CacheOptionNames.Relative} to the offset";
        bool asks = spans.StartsLater;
        Fix? fix = edits.ToFix(Key, title, IsRelative, asks) ??
            WithNamedArguments(sink, edits, context)?.ToFix(Key, title, IsRelative, asks);
        return fix is null ? [] : [fix];
    }

    /// <summary>The command that takes the span in place of the one that takes the instant: EXPIRE for EXPIREAT, EX for EXAT.</summary>
    private static Fix? OfCommand(ExpressionSyntax number, FixContext context)
    {
        if (context.Has(SinkReport.IsIndirect) || UnitCommands.Of(number) is not { } command ||
            UnitCommands.Relative(command) is not var (relative, unit))
        {
            return null;
        }

        CheckedEdits edits = new(context);
        SpanRewriter spans = new(context, edits, allowsNever: false);
        ClockNumber? moved = ClockNumber.Of(number, edits, context);
        if ((moved?.Whole(context) ?? CountOf(number, unit, spans, context)) is not { } count || spans.OpenReads.Any())
        {
            return null;
        }

        edits.Replace(command, relative);
        edits.Replace(number, count);
        return edits.ToFix(
            Key,
            $"Use {relative.Token.ValueText}, which takes the span",
            asks: moved?.StartsLater ?? spans.StartsLater);
    }

    /// <summary>The span by which an instant lies ahead of this machine's clock whose number is given, in whole units.</summary>
    private static ExpressionSyntax? CountOf(ExpressionSyntax number, TimeUnit unit, SpanRewriter spans, FixContext context)
    {
        if (NumberReading.Core(number) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ||
            !NumberReading.IsEpochNumber(access.Name.Identifier.ValueText) || Evaluation.UnitOfEpoch(number, unit, context) != unit)
        {
            return null;
        }

        return spans.Convert(access.Expression) is { } span ? WholeNumbers.Of(span, unit, context) : null;
    }

    private static bool Rewrite(ExpressionSyntax sink, SpanRewriter spans, CheckedEdits edits, FixContext context)
    {
        if (spans.Convert(sink) is not { } span)
        {
            return false;
        }

        edits.Replace(sink, span.WithAdditionalAnnotations(Given));
        if (NameOfAbsolute(sink) is { } name)
        {
            edits.Replace(name, SyntaxFactory.IdentifierName(CacheOptionNames.Relative));
        }
        else if (context.Property(SinkReport.RelativeTwin) is { } twin && MethodAt(sink) is { } method)
        {
            string suffix = ClientNames.IsAsync(method.Identifier.ValueText) ? ClientNames.Async : "";
            edits.Replace(method, SyntaxFactory.IdentifierName(twin + suffix));
        }

        return true;
    }

    /// <summary>A local that one sink reads may be read by another of the same key; both then get the span.</summary>
    private static bool RewriteOtherSinks(ExpressionSyntax sink, SpanRewriter spans, CheckedEdits edits, FixContext context)
    {
        while (spans.OpenReads.FirstOrDefault() is { } read)
        {
            ArgumentSyntax? argument = read.AncestorsAndSelf()
                .TakeWhile(static node => node is ExpressionSyntax or ArgumentSyntax)
                .OfType<ArgumentSyntax>()
                .FirstOrDefault();
            if (argument is null || !IsSinkLike(argument, sink, context) || !Rewrite(argument.Expression, spans, edits, context) ||
                spans.OpenReads.Contains(read))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an argument tells an expiry to the type that the reported sink belongs to.</summary>
    private static bool IsSinkLike(ArgumentSyntax argument, ExpressionSyntax sink, FixContext context) =>
        ParameterOf(argument, context) is { Name: ClientNames.Expiry } parameter &&
        Shapes.Outermost(sink).Parent is ArgumentSyntax own && ParameterOf(own, context) is { } other &&
        SymbolEqualityComparer.Default.Equals(parameter.ContainingType, other.ContainingType);

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, FixContext context) =>
        (context.OperationOf(argument) as IArgumentOperation)?.Parameter;

    /// <summary>The name of the method that a sink is an argument of.</summary>
    private static SimpleNameSyntax? MethodAt(ExpressionSyntax sink) =>
        Shapes.Outermost(sink).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            ? Shapes.NameOf(call.Expression)
            : null;

    /// <summary>
    /// <c>DateTime.MaxValue</c> and <c>TimeSpan.MaxValue</c> both take the TTL away here; elsewhere they differ (measured 2.6 to 3.4).
    /// </summary>
    private static bool AllowsNever(ExpressionSyntax sink, FixContext context) =>
        !context.Has(SinkReport.IsIndirect) &&
        Shapes.Outermost(sink).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } &&
        context.SymbolOf(call) is { } method && ClientNames.WithoutAsync(method.Name) is ClientNames.KeyExpire or ClientNames.StringSet;

    /// <summary>The name of the absolute property that the sink is assigned to.</summary>
    private static SimpleNameSyntax? NameOfAbsolute(ExpressionSyntax sink) =>
        Shapes.Outermost(sink) is { Parent: AssignmentExpressionSyntax assignment } right && assignment.Right == right &&
        Shapes.NameOf(assignment.Left) is { Identifier.ValueText: CacheOptionNames.Absolute } name
            ? name
            : null;

    /// <summary>Names the arguments behind the expiry as the relative overload does, which may have other parameters in between.</summary>
    private static CheckedEdits? WithNamedArguments(ExpressionSyntax sink, CheckedEdits edits, FixContext context)
    {
        if (Shapes.Outermost(sink).Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } own)
        {
            return null;
        }

        CheckedEdits named = edits.Clone();
        if (own.NameColon is { } name && RelativeName(own, context) is { } relative)
        {
            named.Replace(name.Name, SyntaxFactory.IdentifierName(relative));
        }

        foreach (ArgumentSyntax argument in list.Arguments.Skip(list.Arguments.IndexOf(own) + 1))
        {
            if (argument.NameColon is null && ParameterOf(argument, context) is { } parameter)
            {
                named.Replace(argument, Arguments.Named(argument, parameter.Name));
            }
        }

        return named;
    }

    /// <summary>What the relative overload calls the parameter.</summary>
    private static string? RelativeName(ArgumentSyntax argument, FixContext context) =>
        ParameterOf(argument, context) is { ContainingSymbol: IMethodSymbol method } parameter
            ? method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
                .Select(other => other.Parameters.ElementAtOrDefault(parameter.Ordinal))
                .FirstOrDefault(static other => Types.IsDuration(other?.Type))?.Name
            : null;

    /// <summary>Whether each sink takes the span as a duration, and does not just happen to accept it.</summary>
    private static bool IsRelative(SemanticModel model) => model.SyntaxTree.GetRoot().GetAnnotatedNodes(Given).OfType<ExpressionSyntax>()
        .Select(given => model.GetTypeInfo(Shapes.Outermost(given)).ConvertedType)
        .All(static type => Types.IsDuration(type) || Types.IsExpiration(type));
}

/// <summary>The repairs of EXP102 that ask.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NowPlusOffsetAsAbsoluteAskingFix))]
internal sealed class NowPlusOffsetAsAbsoluteAskingFix() : AskingCodeFix(new NowPlusOffsetAsAbsoluteFix());
