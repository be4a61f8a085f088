using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Lock;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>
/// The token that a lock is taken with, for code behind the taking: as it is written there, or in a new variable where it is another one
/// each time.
/// </summary>
internal sealed class HolderToken
{
    /// <summary>What a variable that holds a token is called.</summary>
    public const string Name = "token";

    private readonly ExpressionSyntax _written;

    /// <summary>The statement before which the variable is declared; null where none is needed.</summary>
    private readonly StatementSyntax? _before;

    private string _name = Name;

    private HolderToken(ExpressionSyntax written, StatementSyntax? before)
    {
        _written = written;
        _before = before;
    }

    /// <summary>What is rewritten so that the token has a name.</summary>
    public IReadOnlyList<SyntaxNode> Touched => _before is null ? [] : [_written];

    /// <summary>The token, once it is declared.</summary>
    public ExpressionSyntax Expression => _before is null ? _written.WithoutTrivia() : SyntaxFactory.IdentifierName(_name);

    /// <summary>The token for a place behind the taking; null where it has no name there and can get none.</summary>
    public static HolderToken? At(SyntaxNode place, IOperation token, FixContext context)
    {
        if (token.Syntax is not ExpressionSyntax written || written.SyntaxTree != place.SyntaxTree)
        {
            return null;
        }

        return IsLasting(token, place.SpanStart, context) ? new(written, null)
            : StatementBefore([written, place]) is { } before && MayMoveTo(before.SpanStart, token, context) ? new(written, before)
            : null;
    }

    /// <summary>A token that can be written once more as it is.</summary>
    public static HolderToken AsWritten(IOperation token) => new((ExpressionSyntax)token.Syntax, null);

    /// <summary>Whether a token is a text, a variable or a member with one value in all its life, and can be named at a place.</summary>
    public static bool IsLasting(IOperation token, int position, FixContext context) => token switch
    {
        { ConstantValue.HasValue: true } => IsNamedAt(position, token, context),
        ILocalReferenceOperation or IParameterReferenceOperation => IsNamedAt(position, token, context) &&
            context.Analysis.BodyAround(token) is { } body && Repeatable.IsStable(token, body.Assignments),
        IFieldReferenceOperation { Field: { } field } => field.IsReadOnly && IsNamedAt(position, token, context),
        IPropertyReferenceOperation { Property: { } property, Instance: null or IInstanceReferenceOperation } =>
            IsKept(property, context) && IsNamedAt(position, token, context),
        _ => false,
    };

    /// <summary>Whether a token certainly is no null, which a lock cannot be given back by.</summary>
    public static bool IsSomething(IOperation token, FixContext context)
    {
        IOperation value = context.Analysis.BodyAround(token)?.Resolved(token) ?? token;
        if (value.ConstantValue.HasValue)
        {
            return value.ConstantValue.Value is not null;
        }

        return value switch
        {
            IInterpolatedStringOperation or IBinaryOperation => true,
            IInvocationOperation { Instance.Type: { } made } when Types.Is(made, Types.Guid) => true,
            { Type.IsValueType: true } => !Types.IsRedisValue(value.Type) && !Types.IsNullable(value.Type),
            _ => value.SemanticModel?.GetTypeInfo(value.Syntax).Nullability.FlowState == NullableFlowState.NotNull,
        };
    }

    /// <summary>Declares the variable, where one is needed.</summary>
    public void Declare(FixEditor editor)
    {
        if (_before is null)
        {
            return;
        }

        _name = editor.NewName(Statements.ScopeOf(_before), Name);
        LocalDeclarationStatementSyntax declaration = Code.Var(_name, _written.WithoutTrivia());
        editor.Replace(_written, current => SyntaxFactory.IdentifierName(_name).WithTriviaFrom(current));
        InsertionPoint.Before(_before).Insert(editor, _ => [declaration]);
    }

    private static bool IsNamedAt(int position, IOperation token, FixContext context) =>
        token is ILiteralOperation ||
        (DefUse.SymbolOf(token) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, context.Model
            .GetSpeculativeSymbolInfo(position, token.Syntax, SpeculativeBindingOption.BindAsExpression).Symbol));

    /// <summary>Whether a property gives what it was once given: what a getter computes may be new each time.</summary>
    private static bool IsKept(IPropertySymbol property, FixContext context)
    {
        bool isOfText = property.Type.SpecialType == SpecialType.System_String;
        return property.SetMethod is not { IsInitOnly: false } && property.DeclaringSyntaxReferences switch
        {
            [] => isOfText,
            [{ } declaration] => declaration.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax written &&
                written.AccessorList?.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null) == true,
            _ => false,
        };
    }

    /// <summary>The statement around the first of several places of one function that stands in one list with all of them.</summary>
    public static StatementSyntax? StatementBefore(IReadOnlyList<SyntaxNode> places) => places[0].Ancestors()
        .TakeWhile(static node => !Statements.IsNestedFunction(node) && node is not MemberDeclarationSyntax or GlobalStatementSyntax)
        .OfType<StatementSyntax>()
        .FirstOrDefault(statement => Statements.SlotOf(statement).Parent is (BlockSyntax or CompilationUnitSyntax) and { } list &&
            places.All(place => list.Span.Contains(place.Span)));

    /// <summary>Whether a token can be made at a place before: it does nothing, and needs nothing that comes later.</summary>
    private static bool MayMoveTo(int position, IOperation token, FixContext context) =>
        Repeatable.IsVisible(token, context.Model, position) && context.Analysis.BodyAround(token) is { } body &&
        Repeatable.IsStable(token, body.Assignments) && IsOnlyMade(token);

    /// <summary>Whether a token is read, or written of what is read: nothing happens by that.</summary>
    public static bool IsOnlyMade(IOperation token) => token.DescendantsAndSelf().All(static part => part switch
    {
        IInvocationOperation { TargetMethod.ContainingType: { } type } => Types.Is(type, Types.Guid),
        IInterpolatedStringOperation or IInterpolatedStringContentOperation => true,
        _ => Repeatable.IsPure(part) || part is IConversionOperation or IBinaryOperation or IArgumentOperation,
    });
}
