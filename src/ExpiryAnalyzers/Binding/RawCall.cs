using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Binding;

/// <summary>A command sent by its name, with its arguments read by the command's own rules.</summary>
internal sealed class RawCall
{
    private RawCall(RawCommand command, IReadOnlyList<IOperation> arguments)
    {
        Command = command;
        Arguments = arguments;
        Unit = command.Unit;
        IsAbsolute = command.IsAbsolute;
        TimePosition = command.Time < arguments.Count ? command.Time : null;
        for (int i = command.Options ?? int.MaxValue; i < arguments.Count - 1 && TimePosition is null; i++)
        {
            if (TextOf(arguments[i]) is { } option && RawCommands.TimeOptions.TryGetValue(option, out (TimeUnit Unit, bool IsAbsolute) time))
            {
                (Unit, IsAbsolute) = time;
                TimePosition = i + 1;
            }
        }
    }

    public RawCommand Command { get; }

    /// <summary>The arguments behind the command's name.</summary>
    public IReadOnlyList<IOperation> Arguments { get; }

    public TimeUnit Unit { get; }

    public bool IsAbsolute { get; }

    public int? TimePosition { get; }

    /// <summary>The number that tells when the key dies.</summary>
    public IOperation? Time => TimePosition is { } position ? Arguments[position].WithoutConversions() : null;

    /// <summary>The command of a call of <c>Execute</c>; null where its name is no constant of the table, or its arguments are not listed.</summary>
    public static RawCall? Of(IInvocationOperation invocation, BoundMethod method)
    {
        if (!method.Roles.TryGetValue(Role.Command, out IParameterSymbol? name) || !method.Roles.TryGetValue(Role.CommandArguments, out IParameterSymbol? list))
        {
            return null;
        }

        string? command = null;
        IReadOnlyList<IOperation>? arguments = null;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Ordinal == name.Ordinal)
            {
                command = TextOf(argument.Value);
            }
            else if (argument.Parameter?.Ordinal == list.Ordinal)
            {
                arguments = ElementsOf(argument.Value);
            }
        }

        return command is not null && arguments?.Count > 0 && RawCommands.ByName.TryGetValue(command, out RawCommand? row) ? new(row, arguments) : null;
    }

    /// <summary>The elements of an array that is written in place.</summary>
    public static IReadOnlyList<IOperation>? ElementsOf(IOperation value) => value.WithoutConversions() is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues : null;

    public bool HasOption(string option)
    {
        for (int i = Command.Options ?? int.MaxValue; i < Arguments.Count; i++)
        {
            if (string.Equals(TextOf(Arguments[i]), option, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? TextOf(IOperation value) => value.WithoutConversions().ConstantValue is { HasValue: true, Value: string text } ? text : null;
}
