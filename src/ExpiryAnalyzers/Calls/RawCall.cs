using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Calls;

/// <summary>A command sent by its name, with its arguments read by the command's own rules.</summary>
internal sealed class RawCall
{
    private readonly RawTime? _time;
    private readonly string?[] _texts;

    private RawCall(RawCommand command, IReadOnlyList<IOperation> arguments, string?[] texts, IParameterSymbol list, bool isApart)
    {
        Command = command;
        Arguments = arguments;
        List = list;
        IsApart = isApart;
        _texts = texts;
        _time = RawCommands.TimeOf(command, texts);
        Effect = RawCommands.EffectOf(command, texts);
    }

    public RawCommand Command { get; }

    public Effect Effect { get; }

    /// <summary>The arguments behind the command's name.</summary>
    public IReadOnlyList<IOperation> Arguments { get; }

    /// <summary>The parameter that takes the arguments.</summary>
    public IParameterSymbol List { get; }

    /// <summary>Whether the arguments are not written in the call, or not as an array.</summary>
    public bool IsApart { get; }

    public TimeUnit Unit => _time?.Unit ?? TimeUnit.Unknown;

    public bool IsAbsolute => _time?.IsAbsolute == true;

    public int? TimePosition => _time?.Position;

    public bool IsOnlyIfMissing => Command.IsOnlyIfMissing || Says(Meaning.OnlyIfMissing);

    public IOperation Key => Arguments[0].WithoutConversions();

    /// <summary>What a string is given; null where the command gives it nothing.</summary>
    public IOperation? Value => Command.Value is { } position && position < Arguments.Count ? AsWritten(Arguments[position]) : null;

    /// <summary>The number that tells when the key dies.</summary>
    public IOperation? Time => _time is { } time ? AsWritten(Arguments[time.Position]) : null;

    /// <summary>
    /// The command of a call of <c>Execute</c>; null where its name is no constant of the table, or its arguments are not listed.
    /// </summary>
    /// <param name="invocation">The call.</param>
    /// <param name="method">Its row.</param>
    /// <param name="resolved">Finds the expression behind a variable that has one value.</param>
    /// <param name="collection">The same for a collection, which may be filled elsewhere.</param>
    /// <param name="head">Finds the first element of a collection that is filled elsewhere.</param>
    public static RawCall? Of(
        IInvocationOperation invocation,
        BoundMethod method,
        Func<IOperation, IOperation> resolved,
        Func<IOperation, IOperation> collection,
        Func<IOperation, IOperation?> head)
    {
        if (ArgumentsOf(invocation, method, resolved, collection) is not ({ } command, var listed, var list, var isApart) ||
            !RawCommands.ByName.TryGetValue(command, out RawCommand? row))
        {
            return null;
        }

        IReadOnlyList<IOperation> arguments = listed ??
            (row.IsToldByKey && invocation.Arguments.For(list) is { } all && head(all.Value) is { } key ? [key] : []);
        if (arguments.Count == 0 || (row.TakesKeys && arguments.Count > 1))
        {
            return null;
        }

        return new(row, arguments, [.. arguments.Select(argument => TextOf(argument, resolved))], list, isApart);
    }

    /// <summary>
    /// The command's name and its arguments, as far as they are told, the parameter that takes them, and whether they are written
    /// elsewhere.
    /// </summary>
    public static (string? Command, IReadOnlyList<IOperation>? Arguments, IParameterSymbol List, bool IsApart)? ArgumentsOf(
        IInvocationOperation invocation, BoundMethod method, Func<IOperation, IOperation> resolved, Func<IOperation, IOperation> collection)
    {
        if (!method.Roles.TryGetValue(Role.Command, out IParameterSymbol? name) ||
            !method.Roles.TryGetValue(Role.CommandArguments, out IParameterSymbol? list))
        {
            return null;
        }

        string? command = null;
        IReadOnlyList<IOperation>? arguments = null;
        bool isApart = false;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Ordinal == name.Ordinal)
            {
                command = TextOf(argument.Value, resolved);
            }
            else if (argument.Parameter?.Ordinal == list.Ordinal)
            {
                arguments = ElementsOf(argument.Value);
                isApart = arguments is null;
                arguments ??= ElementsOf(collection(argument.Value)) ?? CollectedIn(collection(argument.Value));
            }
        }

        return (command, arguments, list, isApart);
    }

    /// <summary>The elements of an array that is written in place.</summary>
    public static IReadOnlyList<IOperation>? ElementsOf(IOperation value) =>
        value.WithoutConversions() is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues : null;

    /// <summary>The elements of a collection expression without spreads, or of a list with an initialiser.</summary>
    public static IReadOnlyList<IOperation>? CollectedIn(IOperation value)
    {
        switch (value.WithoutConversions())
        {
            case { Syntax: CollectionExpressionSyntax collection } expression
                when collection.Elements.All(static element => element is ExpressionElementSyntax):
                IOperation[] elements = [.. expression.ChildOperations];
                return elements.Length == collection.Elements.Count ? elements : null;
            case IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer }:
                IOperation[] added = [.. initializer.Initializers.OfType<IInvocationOperation>()
                    .Where(static add => add.Arguments.Length == 1)
                    .Select(static add => add.Arguments[0].Value)];
                return added.Length == initializer.Initializers.Length ? added : null;
            default:
                return null;
        }
    }

    /// <summary>The text that an argument certainly is.</summary>
    public string? TextAt(int index) => _texts[index];

    public bool Says(Meaning meaning) => RawCommands.Says(Command, _texts, meaning);

    /// <summary>An argument without what only makes it an <c>object</c> or a <c>RedisValue</c>: a cast to another number stays.</summary>
    public static IOperation AsWritten(IOperation argument)
    {
        while (argument is IConversionOperation conversion &&
            (conversion.IsImplicit || conversion.OperatorMethod is not null ||
                conversion.Type is { SpecialType: SpecialType.System_Object }))
        {
            argument = conversion.Operand;
        }

        return argument;
    }

    private static string? TextOf(IOperation value, Func<IOperation, IOperation> resolved) =>
        value.WithoutConversions() is var bare &&
        (bare.ConstantValue is { HasValue: true } constant
            ? constant
            : resolved(bare).ConstantValue) is { HasValue: true, Value: string text } ? text : null;
}
