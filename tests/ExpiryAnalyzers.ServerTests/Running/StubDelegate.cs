using System.Linq.Expressions;
using System.Reflection;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Any delegate: writes down that it was called and answers with what the table of values has for it.</summary>
internal sealed class StubDelegate(string name, Type returned, Journal journal, ValueTable values)
{
    public static Delegate Of(Type type, string name, Journal journal, ValueTable values)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        if (invoke.GetParameters().Any(parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike))
        {
            throw new CannotRunException($"a delegate with references ({type.Name})");
        }

        StubDelegate target = new(name, invoke.ReturnType, journal, values);
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        Expression call = Expression.Call(
            Expression.Constant(target),
            typeof(StubDelegate).GetMethod(nameof(Called))!,
            Expression.NewArrayInit(typeof(object), parameters.Select(parameter => Expression.Convert(parameter, typeof(object)))));
        Expression body = invoke.ReturnType == typeof(void) ? call : Expression.Convert(call, invoke.ReturnType);
        return Expression.Lambda(type, body, parameters).Compile();
    }

    public object? Called(object?[] arguments)
    {
        journal.Record(name, arguments);
        return returned == typeof(void) ? null : values.Of(returned, name + "Result");
    }
}
