using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Repairs EXP105: the number is taken in the unit that is read, or read in the unit that it is in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnitsMixedUpFix))]
internal sealed class UnitsMixedUpFix() : ExpiryCodeFix("EXP105")
{
    private protected override IEnumerable<Fix> Fixes(FixContext context)
    {
        if ((context.AdditionalNode(0) ?? context.Node) is not ExpressionSyntax place)
        {
            return [];
        }

        if (context.Has(UnitsMixedUp.IsCut))
        {
            return new[] { Widened(place, context) }.OfType<Fix>();
        }

        if (InHours(place, context) is { } hours)
        {
            return [hours];
        }

        IEnumerable<UnitReader> readers = UnitReader.In(place, context);
        readers = context.Node is ExpressionSyntax sink && sink != place ? readers.Concat(UnitReader.In(sink, context)) : readers;
        foreach (UnitReader reader in readers)
        {
            if (Evaluation.OtherUnit(reader.Number, reader.Unit, context) is { } given)
            {
                return OfReader(reader, given, context).OfType<Fix>();
            }
        }

        return Enum.TryParse(context.Property(UnitsMixedUp.Read), out TimeUnit read) && context.Node is ExpressionSyntax number &&
            Evaluation.OtherUnit(number, read, context) is { } unit
                ? OfSink(number, unit, read, context).OfType<Fix>()
                : [];
    }

    /// <summary>A cast to a type that holds the number.</summary>
    private static Fix? Widened(ExpressionSyntax place, FixContext context)
    {
        if (place is not CastExpressionSyntax cast)
        {
            return null;
        }

        CheckedEdits edits = new(context);
        edits.Replace(cast.Type, SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.LongKeyword)));
        return edits.ToFix("Widen", "Cast to long");
    }

    /// <summary>The span of a text of hours, minutes and seconds, whose hours would be read as days.</summary>
    private static Fix? InHours(ExpressionSyntax place, FixContext context)
    {
        if (place is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax parse } call ||
            context.SymbolOf(call) is not IMethodSymbol { Name: TimeMembers.Parse } method || !Types.IsDuration(method.ContainingType))
        {
            return null;
        }

        object? text = context.OperationOf(call.ArgumentList.Arguments[0].Expression)?.ConstantValue.Value;
        if (text is not string written || SpanText.InHours(written) is not { } span)
        {
            return null;
        }

        TimeUnit unit = span.Seconds != 0 ? TimeUnit.Seconds : span.Minutes != 0 ? TimeUnit.Minutes : TimeUnit.Hours;
        ExpressionSyntax number = Expressions.Number((int)(span.Ticks / TimeArithmetic.TicksPer(unit)));
        ExpressionSyntax made = Expressions.Call(parse.WithName(SyntaxFactory.IdentifierName(TimeMembers.From + unit)), number);
        CheckedEdits edits = new(context);
        edits.Replace(place, made);
        return edits.ToFix("Hours", $"Use {TimeMembers.From}{unit}({number})");
    }

    private static IEnumerable<Fix?> OfReader(UnitReader reader, TimeUnit given, FixContext context)
    {
        yield return Taken(reader.Number, reader.Unit, isWhole: false, context);
        if (given != reader.Unit && !Evaluation.MayBeComponent(reader.Number, context))
        {
            CheckedEdits edits = new(context);
            (SyntaxNode old, SyntaxNode replacement) = InUnit(reader, given, context);
            edits.Replace(old, replacement);
            yield return edits.ToFix("Read", $"Read the number in {Name(given)}");
        }
    }

    /// <summary>The same call for another unit: the node to replace, and its replacement.</summary>
    private static (SyntaxNode Old, SyntaxNode New) InUnit(UnitReader reader, TimeUnit unit, FixContext context)
    {
        if (reader.Node is InvocationExpressionSyntax call && Shapes.NameOf(call.Expression) is { } name)
        {
            return (name, SyntaxFactory.IdentifierName(reader.Prefix + unit));
        }

        ExpressionSyntax method = Imports.Static(context, Types.TimeSpan, TimeMembers.From + unit);
        return (reader.Node, Expressions.Call(method, reader.Number.WithoutTrivia()));
    }

    private static IEnumerable<Fix?> OfSink(ExpressionSyntax number, TimeUnit given, TimeUnit read, FixContext context)
    {
        yield return Taken(number, read, isWhole: true, context);
        if (given == read || Evaluation.MayBeComponent(number, context))
        {
            yield break;
        }

        if (!context.Has(SinkReport.IsIndirect) && UnitCommands.Of(number) is { } command &&
            UnitCommands.InUnit(command, given, isAbsolute: false) is { } other)
        {
            CheckedEdits edits = new(context);
            edits.Replace(command, other);
            yield return edits.ToFix("Read", $"Use {other.Token.ValueText}, which reads {Name(given)}");
        }

        // (int)ttl.Ticks is cut off before it could be divided.
        if (!NumberReading.IsTotal(number) && UnitCommands.Converted(number, given, read, context) is { } converted)
        {
            CheckedEdits edits = new(context);
            edits.Replace(number, converted);
            yield return edits.ToFix("Convert", $"Convert the {Name(given)} to {Name(read)}");
        }
    }

    /// <summary>
    /// The number taken out of its span or instant in the unit that is read; whole and rounded up where only integers will do.
    /// </summary>
    private static Fix? Taken(ExpressionSyntax number, TimeUnit read, bool isWhole, FixContext context)
    {
        if (NumberReading.Accessor(number, read, context) is not var (name, replacement))
        {
            return null;
        }

        CheckedEdits edits = new(context);
        IdentifierNameSyntax written = SyntaxFactory.IdentifierName(replacement);
        if (isWhole && TimeMembers.StartsWith(replacement, TimeMembers.Total) && name.Parent is MemberAccessExpressionSyntax access)
        {
            // The integer type that the number had as a component.
            SyntaxKind type = Expressions.KeywordOf(context.TypeOf(access)) ?? SyntaxKind.LongKeyword;
            ExpressionSyntax total = access.WithName(written);
            edits.Replace(access, IsRoundedUp(access, context) ? total
                : IsCast(access, context) ? WholeNumbers.Ceiling(total, context)
                : WholeNumbers.RoundedUp(total, type, context));
        }
        else
        {
            edits.Replace(name, written);
        }

        return edits.ToFix("Take", $"Take {replacement}");
    }

    /// <summary>Whether a number is rounded up and converted where it stands.</summary>
    private static bool IsRoundedUp(ExpressionSyntax number, FixContext context) =>
        number.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && IsCast(call, context) &&
        context.SymbolOf(call) is { Name: nameof(Math.Ceiling) } method && Types.Is(method.ContainingType, Types.Math);

    /// <summary>Whether a number is converted before it is handed on.</summary>
    private static bool IsCast(ExpressionSyntax number, FixContext context) => number.Ancestors()
        .TakeWhile(node => node is not (ArgumentSyntax or InitializerExpressionSyntax) || IsOfHelper(node.Parent?.Parent, context))
        .Any(node => node is CastExpressionSyntax || Types.Is(DeclaringType(node, context), Types.Convert));

    /// <summary>Whether a call rounds, bounds or converts a number.</summary>
    private static bool IsOfHelper(SyntaxNode? call, FixContext context) =>
        DeclaringType(call, context) is { } type && (Types.Is(type, Types.Math) || Types.Is(type, Types.Convert));

    private static INamedTypeSymbol? DeclaringType(SyntaxNode? call, FixContext context) =>
        call is InvocationExpressionSyntax ? context.SymbolOf(call)?.ContainingType : null;

    private static string Name(TimeUnit unit) => unit.ToString().ToLowerInvariant();
}
