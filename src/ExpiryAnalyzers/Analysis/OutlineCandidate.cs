using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>A member with those of <see cref="OutlineNames"/> that its text names.</summary>
internal readonly record struct OutlineCandidate(MemberDeclarationSyntax Declaration, IReadOnlyList<string> Names)
{
    /// <summary>Whether the member names a client's member.</summary>
    /// <param name="isClient">Whether a name is one.</param>
    public bool NamesClient(Func<string, bool> isClient)
    {
        foreach (string name in Names)
        {
            if (isClient(name) || OutlineNames.OfCommands.Has(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the member answers with a time, or is handed one.</summary>
    /// <param name="times">The names of the types of times.</param>
    public bool IsAboutTime(WordSet times) => AnswersTime(times) || IsHandedTime(times);

    /// <summary>Whether the member answers with a time.</summary>
    public bool AnswersTime(WordSet times) => MayName(times) && Declaration switch
    {
        MethodDeclarationSyntax method => IsTime(method.ReturnType, times),
        BasePropertyDeclarationSyntax property => IsTime(property.Type, times),
        _ => false,
    };

    /// <summary>Whether the member is handed a time, or a number that says its unit.</summary>
    public bool IsHandedTime(WordSet times)
    {
        if (Declaration is not BaseMethodDeclarationSyntax { ParameterList.Parameters: var parameters })
        {
            return false;
        }

        bool mayNameTime = MayName(times);
        foreach (ParameterSyntax parameter in parameters)
        {
            if (parameter.Type is { } type && ((mayNameTime && IsTime(type, times)) ||
                (IsNumber(type) && TimeNames.UnitOf(parameter.Identifier.ValueText) != TimeUnit.Unknown)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the member names a time's type at all: the cheap look before that at its types.</summary>
    private bool MayName(WordSet times) => !ReferenceEquals(times, OutlineNames.TimeTypes) || Names.Any(times.Has);

    private static bool IsTime(TypeSyntax type, WordSet times)
    {
        foreach (SyntaxNode part in type.DescendantNodesAndSelf())
        {
            if (part is SimpleNameSyntax name && times.Has(name.Identifier.ValueText))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax { Keyword: var word } =>
            word.Kind() is SyntaxKind.IntKeyword or SyntaxKind.LongKeyword or SyntaxKind.DoubleKeyword,
        NullableTypeSyntax { ElementType: var bare } => IsNumber(bare),
        SimpleNameSyntax { Identifier.ValueText: nameof(Int32) or nameof(Int64) or nameof(Double) } => true,
        QualifiedNameSyntax { Right: var last } => IsNumber(last),
        _ => false,
    };
}

/// <summary>The names by which members are found that may have something to tell other projects.</summary>
internal static class OutlineNames
{
    /// <summary>The types of times.</summary>
    public static readonly WordSet TimeTypes = new([nameof(TimeSpan), nameof(DateTime), nameof(DateTimeOffset)]);

    /// <summary>
    /// What says of a write that it may take a lock, commands of a key's life that are sent by their names, and what sends commands.
    /// </summary>
    public static readonly WordSet OfCommands = new(RawCommands.ByName.Values
        .Where(static command => command.MayTakeTime || command.Answer != TimeUnit.Unknown)
        .Select(static command => command.Name)
        .Concat([RawCommands.IfMissing, ConditionNames.NotExists])
        .Concat(NamesOf(static type => type.Methods.Where(static method => method.Roles.Any(static role => role.Role == Role.Command))
            .Select(static method => method.Name))));

    /// <summary>The clients' members, and types that are made, whose names say by themselves that a client is meant.</summary>
    public static readonly WordSet OfClients = new(NamesOf(static type => type.Methods
        .Where(static method => !method.HasCommonName).Select(static method => method.Name)
        .Concat(type.Properties.Select(static property => property.Name)))
        .Concat(Made));

    /// <summary>All names that are looked for.</summary>
    public static readonly WordSet All = new(NamesOf(static type => type.Methods.Select(static method => method.Name)
        .Concat(type.Properties.Select(static property => property.Name)))
        .Concat(Made)
        .Concat(TimeTypes.Words)
        .Concat(OfCommands.Words));

    /// <summary>Types of the clients that code makes objects of.</summary>
    private static IEnumerable<string> Made => Libraries.All.SelectMany(static library => library.Types)
        .Where(static type => type.IsMade).Select(static type => TypesByName.SimpleOf(type.MetadataName));

    /// <summary>Names of the clients' members, and of their asynchronous twins.</summary>
    private static IEnumerable<string> NamesOf(Func<ApiType, IEnumerable<string>> names) => Libraries.All
        .SelectMany(static library => library.Types).SelectMany(names).SelectMany(static name => new[] { name, name + "Async" });
}
