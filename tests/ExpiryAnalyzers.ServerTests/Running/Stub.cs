using System.Reflection;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Any interface of a program: writes down what is called and answers with what the table of values has for it.</summary>
public class Stub : DispatchProxy
{
    private Journal _journal = null!;
    private ValueTable _values = null!;

    internal static object Of(Type type, Journal journal, ValueTable values)
    {
        object made;
        try
        {
            made = Create(type, typeof(Stub));
        }
        catch (Exception refused) when (refused is NotSupportedException or ArgumentException or TypeLoadException or InvalidOperationException)
        {
            throw new CannotRunException($"no stub can be made of {type.Name}: {refused.Message}");
        }

        ((Stub)made)._journal = journal;
        ((Stub)made)._values = values;
        return made;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        MethodInfo method = targetMethod!;
        if (!method.IsSpecialName)
        {
            _journal.Record($"{method.DeclaringType!.Name}.{method.Name}", args ?? []);
        }

        ParameterInfo[] parameters = method.GetParameters();
        for (int index = 0; index < parameters.Length; index++)
        {
            if (parameters[index].ParameterType is { IsByRef: true } reference)
            {
                args![index] = _values.Of(reference.GetElementType()!, parameters[index].Name!);
            }
        }

        return method.ReturnType == typeof(void) ? null
            : _values.Of(method.ReturnType, method.IsSpecialName ? method.Name[4..] : method.Name);
    }
}
