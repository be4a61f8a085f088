using System.Reflection;
using ExpiryAnalyzers.Tests.Programs;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>A member of a loaded program that is run.</summary>
internal sealed class Subject
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly LoadedProgram _program;
    private readonly Type _type;

    private Subject(LoadedProgram program, Type type, MethodBase method)
    {
        _program = program;
        _type = type;
        Method = method;
    }

    public MethodBase Method { get; }

    public Assembly Assembly => _program.Assembly;

    public static Subject Of(LoadedProgram program, MemberName name)
    {
        Type declaring = Closed(program, program.Assembly.GetType(name.Type) ?? throw new CannotRunException($"no type {name.Type}"));
        MethodBase[] overloads = name.Name == ".ctor" ? [.. declaring.GetConstructors(Declared)]
            : [.. declaring.GetMethods(Declared).Where(method => method.Name == name.Name)];
        if (name.Overload >= overloads.Length)
        {
            throw new CannotRunException($"no method {name}");
        }

        MethodBase method = overloads[name.Overload];
        return new(program, declaring, method is MethodInfo { IsGenericMethodDefinition: true } generic ? Closed(program, generic)
            : method);
    }

    /// <summary>The parameters whose filling can be varied: those of the member and of its type's constructor.</summary>
    public IEnumerable<ParameterInfo> Parameters => Method.GetParameters().Concat(
        Method.IsStatic || Method.IsConstructor ? [] : Concrete().GetConstructors()
            .OrderByDescending(constructor => constructor.GetParameters().Length).FirstOrDefault()?.GetParameters() ?? []);

    /// <summary>The object that the member is called on, if it is one of an object.</summary>
    public object? InstanceOf(ValueTable values) => Method.IsStatic || Method.IsConstructor ? null : values.Instance(Concrete());

    public object? Invoke(ValueTable values)
    {
        object? instance = InstanceOf(values);
        object?[] arguments = [.. Method.GetParameters()
            .Select(parameter => parameter.ParameterType.IsByRef ? values.Of(parameter.ParameterType.GetElementType()!, parameter.Name!)
                : values.Of(parameter))];
        return Method is ConstructorInfo constructor ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private Type Concrete() =>
        !_type.IsAbstract ? _type
        : _program.Types.FirstOrDefault(type => !type.IsAbstract && !type.IsGenericTypeDefinition
            && type.IsSubclassOf(_type)) ?? throw new CannotRunException($"{_type.Name} is abstract and nothing derives from it");

    private static Type Closed(LoadedProgram program, Type type) =>
        type.IsGenericTypeDefinition ? (Type)Close(program, type.GetGenericArguments(), type.MakeGenericType, type.Name) : type;

    private static MethodInfo Closed(LoadedProgram program, MethodInfo method) =>
        (MethodInfo)Close(program, method.GetGenericArguments(), method.MakeGenericMethod, method.Name);

    private static MemberInfo Close(LoadedProgram program, Type[] parameters, Func<Type[], MemberInfo> make, string name)
    {
        foreach (Type candidate in new[] { typeof(string), typeof(int),
            typeof(List<string>) }.Concat(program.Types.Where(type => !type.IsAbstract && !type.IsGenericTypeDefinition)))
        {
            try
            {
                return make([.. parameters.Select(_ => candidate)]);
            }
            catch (ArgumentException)
            {
                // Not what the constraints want.
            }
        }

        throw new CannotRunException($"no type for the parameters of {name}");
    }
}
