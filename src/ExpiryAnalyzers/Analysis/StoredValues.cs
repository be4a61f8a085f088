using System.Collections.Concurrent;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// The one expression that gives a field or a get-only property of the source its value. The constructors of a type are read once for all
/// of its members, and so is the rest of it where a private field that is not readonly is asked about. Kept for the compilation;
/// thread-safe.
/// </summary>
internal sealed class StoredValues(Compilation compilation, SourceGraphs graphs, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<ISymbol, IOperation?> _values = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<ISymbol, List<IOperation>>> _assigned =
        new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<INamedTypeSymbol, ILookup<string, ExpressionSyntax>> _written =
        new(SymbolEqualityComparer.Default);

    /// <summary>The one expression that gives a member its value; null where there are several, or none in view.</summary>
    public IOperation? Of(ISymbol member) => member.IsOfSource(compilation) ? ValueOf(member.OriginalDefinition) : null;

    private IOperation? ValueOf(ISymbol member) => _values.GetOrAdd(member, this, static (key, own) => own.Find(key));

    /// <summary>
    /// Whether a field keeps what its initialiser or a constructor gives it. One with an attribute may be filled by a framework.
    /// </summary>
    public bool IsSettled(IFieldSymbol field) => field.IsReadOnly ||
        (field.DeclaredAccessibility == Accessibility.Private && field.IsOfSource(compilation) && field.GetAttributes().IsEmpty &&
            !WrittenOutside(field).Any());

    /// <summary>
    /// Whether a static property that others cannot set keeps what it is given first. Objects' own ones are filled by serializers.
    /// </summary>
    public bool IsSettled(IPropertySymbol property) =>
        property is { IsStatic: true, SetMethod.DeclaredAccessibility: Accessibility.Private } && property.IsOfSource(compilation) &&
        property.GetAttributes().IsEmpty && !WrittenOutside(property).Any();

    /// <summary>Whether a field or property is what it was made with as long as its object lives.</summary>
    public bool IsSteady(ISymbol member) => member switch
    {
        IFieldSymbol field => IsSettled(field),
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } property =>
            setter.DeclaredAccessibility == Accessibility.Private && property.IsOfSource(compilation) && !WrittenOutside(property).Any(),
        _ => true,
    };

    /// <summary>
    /// The expressions that a type gives a private field, null left out; null where it is written in another way, or by a framework.
    /// </summary>
    public IReadOnlyList<IOperation>? AllOf(IFieldSymbol field)
    {
        field = field.OriginalDefinition;
        if (field.DeclaredAccessibility != Accessibility.Private || !field.IsOfSource(compilation) || !field.GetAttributes().IsEmpty)
        {
            return null;
        }

        List<IOperation> values = [];
        if (InitializerOf(field) is { } initializer)
        {
            values.Add(initializer);
        }

        if (Assigned(field).TryGetValue(field, out List<IOperation>? assigned))
        {
            values.AddRange(assigned);
        }

        foreach (ExpressionSyntax written in WrittenOutside(field))
        {
            if (ValueFor(field, written) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return [.. values.Where(static value => value.WithoutConversions() is not { ConstantValue: { HasValue: true, Value: null } })];
    }

    /// <summary>The value that a plain assignment gives a field; null where it is written otherwise.</summary>
    private IOperation? ValueFor(IFieldSymbol field, ExpressionSyntax written)
    {
        bool isPlain = written.Parent?.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression;
        return isPlain && graphs.OperationOf(written.Parent!) is IAssignmentOperation assignment &&
            SymbolEqualityComparer.Default.Equals(DefUse.SymbolOf(assignment.Target)?.OriginalDefinition, field)
                ? assignment.Value
                : null;
    }

    private IEnumerable<ExpressionSyntax> WrittenOutside(ISymbol member) =>
        _written.GetOrAdd(member.ContainingType.OriginalDefinition, NamesWrittenIn)[member.Name];

    private Dictionary<ISymbol, List<IOperation>> Assigned(ISymbol member) =>
        _assigned.GetOrAdd(member.ContainingType.OriginalDefinition, AssignmentsOf);

    private IOperation? Find(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        // Another value may come from a constructor, which then has to be the only source.
        IOperation? initializer = InitializerOf(member);
        return Assigned(member).TryGetValue(member, out List<IOperation>? assigned)
            ? initializer is null && assigned is [{ } only] ? only : null
            : initializer;
    }

    private IOperation? InitializerOf(ISymbol member)
    {
        IOperation? initializer = null;
        foreach (SyntaxNode child in member.DeclaringSyntaxReferences is [{ } reference]
            ? reference.GetSyntax(cancellationToken).ChildNodes()
            : [])
        {
            initializer ??= child is EqualsValueClauseSyntax ? (graphs.OperationOf(child) as ISymbolInitializerOperation)?.Value : null;
        }

        return initializer;
    }

    /// <summary>
    /// What the constructors of a type assign to its members, each constructor to those of its sort: static, or of an object.
    /// </summary>
    private Dictionary<ISymbol, List<IOperation>> AssignmentsOf(INamedTypeSymbol type)
    {
        Dictionary<ISymbol, List<IOperation>> assigned = new(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol constructor in type.Constructors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (constructor.DeclaringSyntaxReferences is not [{ } reference] ||
                reference.GetSyntax(cancellationToken) is not ConstructorDeclarationSyntax syntax ||
                graphs.OperationOf(syntax) is not { } body)
            {
                continue;
            }

            foreach ((IOperation target, IOperation value) in body.Descendants().SelectMany(AssignedBy))
            {
                if (DefUse.SymbolOf(target)?.OriginalDefinition is { } member && member.IsStatic == constructor.IsStatic)
                {
                    assigned.AddTo(member, value);
                }
            }
        }

        return assigned;
    }

    /// <summary>What an assignment writes, each of <c>(_db, _key) = (db, key)</c> by itself.</summary>
    private static IEnumerable<(IOperation Target, IOperation Value)> AssignedBy(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation assignment => [(assignment.Target, assignment.Value)],
        IDeconstructionAssignmentOperation { Target: ITupleOperation targets } several
            when several.Value.WithoutConversions() is ITupleOperation values && values.Elements.Length == targets.Elements.Length =>
            targets.Elements.Zip(values.Elements, static (target, value) => (target, value)),
        _ => [],
    };

    /// <summary>
    /// The names that a type writes to outside its constructors. Looked for in the text alone: any member of the name counts.
    /// </summary>
    private ILookup<string, ExpressionSyntax> NamesWrittenIn(INamedTypeSymbol type)
    {
        List<(string Name, ExpressionSyntax Whole)> written = [];
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SyntaxNode part = reference.GetSyntax(cancellationToken);
            foreach (SyntaxNode node in part.DescendantNodes(static node => node is not ConstructorDeclarationSyntax))
            {
                if (node is IdentifierNameSyntax name && WholeOf(name) is var whole && IsWritten(whole))
                {
                    written.Add((name.Identifier.ValueText, whole));
                }
            }
        }

        return written.ToLookup(static entry => entry.Name, static entry => entry.Whole, StringComparer.Ordinal);
    }

    private static ExpressionSyntax WholeOf(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    private static bool IsWritten(ExpressionSyntax whole)
    {
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.Kind() is
                SyntaxKind.PlusPlusToken or SyntaxKind.MinusMinusToken or SyntaxKind.AmpersandToken,
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax argument => argument.Parent is TupleExpressionSyntax || !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}
