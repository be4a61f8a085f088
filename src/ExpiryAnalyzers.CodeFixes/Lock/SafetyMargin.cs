using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// The margin, as the code at some place may write it: by the name of a constant of the type around, or, where a constant has no
/// place (top-level statements, interfaces) or the name is taken, as the span itself.
/// </summary>
internal sealed class SafetyMargin
{
    /// <summary>The name of the constant.</summary>
    public const string Name = "LockSafetyMargin";

    private readonly INamedTypeSymbol _timeSpan;
    private readonly bool _isNamed;
    private readonly TypeDeclarationSyntax? _owner;

    private SafetyMargin(TimeSpan? length, INamedTypeSymbol timeSpan, bool isNamed, TypeDeclarationSyntax? owner = null)
    {
        Length = length;
        _timeSpan = timeSpan;
        _isNamed = isNamed;
        _owner = owner;
    }

    /// <summary>The margin's length; null where the type has a constant of its own whose value is not plain to see.</summary>
    public TimeSpan? Length { get; }

    /// <summary>The margin's length, as titles say it.</summary>
    public string Description => Length is { } length ? Spans.Describe(length) : $"'{Name}'";

    /// <summary>The margin at a place.</summary>
    public static SafetyMargin At(SyntaxNode place, LockFinding finding)
    {
        (FixContext context, TimeSpan length, INamedTypeSymbol timeSpan) = (finding.Context, finding.Margin, finding.TimeSpanType);
        if (!context.Model.LookupSymbols(place.SpanStart, name: Name).IsEmpty)
        {
            return Existing(context, place, timeSpan) is { } member && !(Spans.Declared(member, context.CancellationToken) < length)
                ? new(Spans.Declared(member, context.CancellationToken), timeSpan, isNamed: true)
                : new(length, timeSpan, isNamed: false);
        }

        TypeDeclarationSyntax? owner = place.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(CanHaveConstant);
        return owner is not null && FirstPart(owner, context) is { } part
            ? new(length, timeSpan, isNamed: true, part)
            : new(length, timeSpan, isNamed: false);
    }

    /// <summary>The expression that gives the margin.</summary>
    public ExpressionSyntax Expression(SyntaxGenerator generator) =>
        _isNamed || Length is not { } length ? SyntaxFactory.IdentifierName(Name) : Imports.Literal(length, _timeSpan, generator);

    /// <summary>Whether no time is left to work in when the margin is taken off the TTL.</summary>
    public bool LeavesNothing(LockFinding finding) => finding.Episode.Ttl <= (Length ?? finding.Margin);

    /// <summary>
    /// Whether it is not known that the TTL is longer: taking the margin off a shorter one leaves no time to work in, and a source throws.
    /// </summary>
    public bool IsPremise(LockFinding finding) => finding.Episode.Ttl is null || Length is null;

    /// <summary>What a title adds then.</summary>
    public string PremiseFor(LockFinding finding) => IsPremise(finding) ? $" (the TTL must be longer than {Description})" : "";

    /// <summary>Adds the constant to the type, unless another repair already has.</summary>
    public void Declare(FixEditor editor)
    {
        if (_owner is not null)
        {
            editor.Replace(_owner, current => Declare((TypeDeclarationSyntax)current, editor.Generator));
        }
    }

    private static bool CanHaveConstant(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax;

    /// <summary>
    /// Whether a part of a partial type is generated, and so never repaired. The other documents of such a type are repaired apart
    /// from each other, and each would add the constant.
    /// </summary>
    private static bool IsGenerated(SyntaxTree tree, Project project) => project.GetDocument(tree) is null or SourceGeneratedDocument;

    /// <summary>The member that the name means at a place, where that is a duration.</summary>
    private static ISymbol? Existing(FixContext context, SyntaxNode place, INamedTypeSymbol timeSpan)
    {
        ExpressionSyntax name = SyntaxFactory.IdentifierName(Name);
        ISymbol? member = context.Model.GetSpeculativeSymbolInfo(place.SpanStart, name, SpeculativeBindingOption.BindAsExpression).Symbol;
        ITypeSymbol? type = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(type, timeSpan) ? member : null;
    }

    /// <summary>
    /// One part of a type that is written in several parts of one file, so that all repairs add the constant to the same; null where a
    /// constant has no place.
    /// </summary>
    private static TypeDeclarationSyntax? FirstPart(TypeDeclarationSyntax owner, FixContext context)
    {
        if (owner.OpenBraceToken.RawKind == 0 || context.Model.GetDeclaredSymbol(owner, context.CancellationToken) is not { } type ||
            !type.GetMembers(Name).IsEmpty || !type.DeclaringSyntaxReferences.All(part => IsOwn(part.SyntaxTree, owner, context)))
        {
            return null;
        }

        return type.DeclaringSyntaxReferences
            .Where(part => part.SyntaxTree == owner.SyntaxTree)
            .Select(part => part.GetSyntax(context.CancellationToken)).OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(static part => part.OpenBraceToken.RawKind != 0) ?? owner;
    }

    private static bool IsOwn(SyntaxTree tree, TypeDeclarationSyntax owner, FixContext context) =>
        tree == owner.SyntaxTree || IsGenerated(tree, context.Document.Project);

    private TypeDeclarationSyntax Declare(TypeDeclarationSyntax type, SyntaxGenerator generator)
    {
        if (type.Members.OfType<FieldDeclarationSyntax>().SelectMany(static field => field.Declaration.Variables).Any(IsConstant))
        {
            return type;
        }

        SyntaxNode field = generator.FieldDeclaration(
            Name,
            Imports.Of(_timeSpan, generator),
            Accessibility.Private,
            DeclarationModifiers.Static | DeclarationModifiers.ReadOnly,
            Imports.Literal(Length ?? TimeSpan.Zero, _timeSpan, generator));
        return TypeMembers.WithField(type, (FieldDeclarationSyntax)field);
    }

    private static bool IsConstant(VariableDeclaratorSyntax variable) => variable.Identifier.ValueText == Name;
}
