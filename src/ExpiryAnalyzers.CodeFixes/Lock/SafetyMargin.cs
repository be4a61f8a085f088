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
    public static SafetyMargin At(FixContext context, SyntaxNode place, TimeSpan length, INamedTypeSymbol timeSpan)
    {
        SemanticModel model = context.Model;
        if (!model.LookupSymbols(place.SpanStart, name: Name).IsEmpty)
        {
            return Existing(context, place, timeSpan) is { } member && !(Spans.Declared(member, context.CancellationToken) < length)
                ? new(Spans.Declared(member, context.CancellationToken), timeSpan, isNamed: true)
                : new(length, timeSpan, isNamed: false);
        }

        TypeDeclarationSyntax? owner = place.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(type => type is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax);

        bool hasPlace = owner is { OpenBraceToken.RawKind: not 0 } && model.GetDeclaredSymbol(owner, context.CancellationToken) is { } type &&
            type.GetMembers(Name).IsEmpty && type.DeclaringSyntaxReferences.All(part => part.SyntaxTree == owner.SyntaxTree || IsGenerated(part.SyntaxTree, context.Document.Project));
        return hasPlace ? new(length, timeSpan, isNamed: true, FirstPart(owner!, model, context.CancellationToken)) : new(length, timeSpan, isNamed: false);
    }

    /// <summary>The expression that gives the margin.</summary>
    public ExpressionSyntax Expression(SyntaxGenerator generator) => _isNamed ? SyntaxFactory.IdentifierName(Name) : Spans.Literal(Length!.Value, _timeSpan, generator);

    /// <summary>Adds the constant to the type, unless another repair already has.</summary>
    public void Declare(DocumentEditor editor)
    {
        if (_owner is not null)
        {
            editor.ReplaceNode(_owner, (current, generator) => Declare((TypeDeclarationSyntax)current, generator));
        }
    }

    /// <summary>
    /// Whether a part of a partial type is generated, and so never repaired. The other documents of such a type are repaired apart
    /// from each other, and each would add the constant.
    /// </summary>
    private static bool IsGenerated(SyntaxTree tree, Project project) => project.GetDocument(tree) is null or SourceGeneratedDocument;

    /// <summary>The member that the name means at a place, where that is a duration.</summary>
    private static ISymbol? Existing(FixContext context, SyntaxNode place, INamedTypeSymbol timeSpan)
    {
        ISymbol? member = context.Model.GetSpeculativeSymbolInfo(place.SpanStart, SyntaxFactory.IdentifierName(Name), SpeculativeBindingOption.BindAsExpression).Symbol;
        ITypeSymbol? type = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(type, timeSpan) ? member : null;
    }

    /// <summary>One part of a type that is written in several parts of one file, so that all repairs add the constant to the same.</summary>
    private static TypeDeclarationSyntax FirstPart(TypeDeclarationSyntax owner, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDeclaredSymbol(owner, cancellationToken)!.DeclaringSyntaxReferences
            .Where(part => part.SyntaxTree == owner.SyntaxTree)
            .Select(part => part.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(part => part.OpenBraceToken.RawKind != 0) ?? owner;

    private TypeDeclarationSyntax Declare(TypeDeclarationSyntax type, SyntaxGenerator generator)
    {
        if (type.Members.OfType<FieldDeclarationSyntax>().Any(field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == Name)))
        {
            return type;
        }

        SyntaxNode field = generator.FieldDeclaration(
            Name,
            TypeNames.Of(_timeSpan, generator),
            Accessibility.Private,
            DeclarationModifiers.Static | DeclarationModifiers.ReadOnly,
            Spans.Literal(Length!.Value, _timeSpan, generator));
        return Members.WithField(type, (FieldDeclarationSyntax)field);
    }
}
