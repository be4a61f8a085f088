using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ExpiryAnalyzers.CodeFixes;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// What a guest in somebody's compiler must not do, read in the code that ships: no files, network, environment, processes, threads, console
/// or code made at run time; nothing that changes and is shared; nothing that others could build on.
/// </summary>
public sealed class HygieneTests
{
    private static readonly string[] ForeignNamespaces =
    [
        "System.IO", "System.Net", "System.Reflection", "System.Runtime.InteropServices", "System.Runtime.Loader", "System.Diagnostics",
        "System.Security", "System.Data", "System.Xml", "Microsoft.Win32", "System.Timers", "System.Configuration",
    ];

    private static readonly string[] ForeignTypes =
    [
        "System.Console", "System.Activator", "System.AppDomain", "System.GC", "System.Threading.Thread", "System.Threading.ThreadPool",
        "System.Threading.Timer", "System.Threading.Tasks.Parallel", "System.Runtime.CompilerServices.Unsafe",
    ];

    public static TheoryData<string> Assemblies => [typeof(ExpiryAnalyzer).Assembly.Location, typeof(ExpiryCodeFix).Assembly.Location];

    [Theory, MemberData(nameof(Assemblies))]
    public void CallsNothingOfTheMachine(string path) => Read(path, reader => Assert.Empty(reader.MemberReferences
        .Select(handle => MemberOf(reader, reader.GetMemberReference(handle)))
        .Where(static member => IsForeign(member) && !IsWrittenByTheCompiler(member))
        .Distinct()
        .Order(StringComparer.Ordinal)));

    [Theory, MemberData(nameof(Assemblies))]
    public void CallsNoNativeCode(string path) => Read(path, reader => Assert.DoesNotContain(
        reader.MethodDefinitions.Select(reader.GetMethodDefinition),
        static method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)));

    /// <summary>What the compiler keeps of lambdas is set once to what never changes.</summary>
    [Theory, MemberData(nameof(Assemblies))]
    public void KeepsNothingThatChanges(string path) => Read(path, reader =>
    {
        string[] changing =
        [
            .. reader.FieldDefinitions.Select(reader.GetFieldDefinition)
                .Where(static field => field.Attributes.HasFlag(FieldAttributes.Static) &&
                    (field.Attributes & (FieldAttributes.InitOnly | FieldAttributes.Literal)) == 0)
                .Select(field => $"{reader.GetString(reader.GetTypeDefinition(field.GetDeclaringType()).Name)}.{reader.GetString(field.Name)}")
                .Where(static name => !name.Contains('<', StringComparison.Ordinal)),
        ];
        Assert.Empty(changing);
    });

    /// <summary>Hosts find analyzers, generators and fixes by their attributes and make them whatever their visibility.</summary>
    [Theory, MemberData(nameof(Assemblies))]
    public void ShowsNothing(string path) => Read(path, reader => Assert.Empty(reader.TypeDefinitions
        .Select(reader.GetTypeDefinition)
        .Where(static type => (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public)
        .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}")));

    [Fact]
    public void TheReaderSeesWhatIsCalled() => Read(typeof(HygieneTests).Assembly.Location, reader => Assert.Contains(
        "System.IO.File.OpenRead", reader.MemberReferences.Select(handle => MemberOf(reader, reader.GetMemberReference(handle)))));

    private static bool IsForeign(string member) =>
        ForeignNamespaces.Any(space => member.StartsWith(space + ".", StringComparison.Ordinal)) ||
        ForeignTypes.Any(type => member.StartsWith(type + ".", StringComparison.Ordinal)) ||
        member.StartsWith("System.Environment.", StringComparison.Ordinal);

    /// <summary>Attributes run nothing, and every iterator asks for its thread's number.</summary>
    private static bool IsWrittenByTheCompiler(string member) =>
        member.EndsWith("Attribute..ctor", StringComparison.Ordinal) || member == "System.Environment.get_CurrentManagedThreadId";

    private static string MemberOf(MetadataReader reader, MemberReference member) => $"{Name(reader, member.Parent)}.{reader.GetString(member.Name)}";

    private static string Name(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference when reader.GetTypeReference((TypeReferenceHandle)type) is var found =>
            found.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{Name(reader, found.ResolutionScope)}.{reader.GetString(found.Name)}"
                : $"{reader.GetString(found.Namespace)}.{reader.GetString(found.Name)}",
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(new Names(), null),
        _ => "",
    };

    private static void Read(string path, Action<MetadataReader> check)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        check(image.GetMetadataReader());
    }

    /// <summary>The generic type's own name is all that is asked for.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Name(reader, handle);

        public string GetGenericInstantiation(string genericType, System.Collections.Immutable.ImmutableArray<string> typeArguments) => genericType;

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "";

        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType;
    }
}
