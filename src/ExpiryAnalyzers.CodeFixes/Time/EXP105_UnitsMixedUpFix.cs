using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP105: the number is taken in the unit that is read, or read in the unit that it is in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnitsMixedUpFix))]
public sealed class UnitsMixedUpFix() : ExpiryCodeFix("EXP105")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if ((context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax place)
        {
            return [];
        }

        foreach (UnitReader reader in UnitReader.In(place, context).Concat(context.Node is ExpressionSyntax sink && sink != place ? UnitReader.In(sink, context) : []))
        {
            if (Wrong(reader.Number, reader.Unit, context) is { } given)
            {
                return OfReader(reader, given, context).OfType<Fix>();
            }
        }

        return Enum.TryParse(context.Property(UnitsMixedUp.Read), out TimeUnit read) && context.Node is ExpressionSyntax number && Wrong(number, read, context) is { } unit
            ? OfSink(number, unit, read, context).OfType<Fix>()
            : [];
    }

    /// <summary>What a number certainly is, where it is not what is read: its unit, or the read unit itself for one component of a span.</summary>
    private static TimeUnit? Wrong(ExpressionSyntax number, TimeUnit read, FixContext context)
    {
        TimeValues values = Evaluation.ValuesOf(number, context);
        TimeUnit[] units = [.. values.Alternatives.Where(static value => value.Shape == TimeShape.Count).Select(static value => value.Unit).Where(static unit => unit != TimeUnit.Unknown).Distinct()];
        return units is [{ } only] && (only != read || values.Any(static value => value.IsComponent)) ? only : null;
    }

    private static IEnumerable<Fix?> OfReader(UnitReader reader, TimeUnit given, FixContext context)
    {
        yield return Taken(reader.Number, reader.Unit, isWhole: false, context);
        if (given != reader.Unit && !IsComponent(reader.Number, context))
        {
            TimeEdits edits = new(context);
            (SyntaxNode old, SyntaxNode replacement) = reader.In(given, context);
            edits.Replace(old, replacement);
            yield return edits.ToFix("Read", $"Read the number in {Name(given)}");
        }
    }

    private static IEnumerable<Fix?> OfSink(ExpressionSyntax number, TimeUnit given, TimeUnit read, FixContext context)
    {
        yield return Taken(number, read, isWhole: true, context);
        if (given == read || IsComponent(number, context))
        {
            yield break;
        }

        if (!context.Has(SinkReport.IsIndirect) && NumberSyntax.CommandOf(number) is { } command)
        {
            if (NumberSyntax.Command(command, given, isAbsolute: false) is { } other)
            {
                TimeEdits edits = new(context);
                edits.Replace(command, other);
                yield return edits.ToFix("Read", $"Use {other.Token.ValueText}, which reads {Name(given)}");
            }
        }

        // (int)ttl.Ticks is cut off before it could be divided.
        if (NumberSyntax.Core(number) is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: ['T', 'o', 't', 'a', 'l', ..] or "Ticks" } && NumberSyntax.Converted(number, given, read) is { } converted)
        {
            TimeEdits edits = new(context);
            edits.Replace(number, converted);
            yield return edits.ToFix("Convert", $"Convert the {Name(given)} to {Name(read)}");
        }
    }

    /// <summary>The number taken out of its span or instant in the unit that is read; whole where only integers will do.</summary>
    private static Fix? Taken(ExpressionSyntax number, TimeUnit read, bool isWhole, FixContext context)
    {
        if (NumberSyntax.Accessor(number, read, context) is not { } accessor)
        {
            return null;
        }

        TimeEdits edits = new(context);
        IdentifierNameSyntax name = SyntaxFactory.IdentifierName(accessor.Replacement);
        bool isFraction = accessor.Replacement.StartsWith("Total", StringComparison.Ordinal);
        if (isWhole && isFraction && accessor.Name.Parent is MemberAccessExpressionSyntax access && !access.Ancestors().TakeWhile(static node => node is not (ArgumentSyntax or InitializerExpressionSyntax)).Any(static node => node is CastExpressionSyntax))
        {
            edits.Replace(access, SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(TypeOf(access, context))), access.WithName(name)));
        }
        else
        {
            edits.Replace(accessor.Name, name);
        }

        return edits.ToFix("Take", $"Take {accessor.Replacement}");
    }

    /// <summary>The integer type that the number had as a component.</summary>
    private static SyntaxKind TypeOf(ExpressionSyntax number, FixContext context) =>
        context.Model.GetTypeInfo(number, context.CancellationToken).Type?.SpecialType == SpecialType.System_Int32 ? SyntaxKind.IntKeyword : SyntaxKind.LongKeyword;

    private static bool IsComponent(ExpressionSyntax number, FixContext context) => Evaluation.ValuesOf(number, context).Any(static value => value.IsComponent);

    private static string Name(TimeUnit unit) => unit.ToString().ToLowerInvariant();
}
