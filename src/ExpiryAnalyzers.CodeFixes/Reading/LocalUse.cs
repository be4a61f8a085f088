using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>A local variable: the values it is given, and the places that read it.</summary>
internal sealed class LocalUse
{
    private LocalUse(ILocalSymbol local, SyntaxNode declaration)
    {
        Local = local;
        Declaration = declaration;
    }

    public ILocalSymbol Local { get; }

    public SyntaxNode Declaration { get; }

    /// <summary>The statement that declares this variable and no other.</summary>
    public LocalDeclarationStatementSyntax? Statement =>
        Declaration.Parent is VariableDeclarationSyntax
        {
            Variables.Count: 1,
            Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement,
        }
            ? statement
            : null;

    /// <summary>The one value that the variable has in all its life.</summary>
    public ExpressionSyntax? OnlyValue => Values is [{ } only] && !IsMoved && !IsOpen && OutCalls.Count == 0 ? only : null;

    /// <summary>The initializer, and what plain assignments write.</summary>
    public List<ExpressionSyntax> Values { get; } = [];

    /// <summary>The calls that write it through an <c>out</c> argument.</summary>
    public List<InvocationExpressionSyntax> OutCalls { get; } = [];

    public List<IdentifierNameSyntax> Reads { get; } = [];

    /// <summary>Whether it is moved in place, by <c>+=</c> or <c>-=</c>.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Whether it is written in a way that is not followed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The use of the local that an expression names.</summary>
    public static LocalUse? Of(ExpressionSyntax expression, FixContext context)
    {
        if (expression is not IdentifierNameSyntax ||
            context.SymbolOf(expression) is not ILocalSymbol { DeclaringSyntaxReferences: [{ } reference, ..] } local)
        {
            return null;
        }

        LocalUse use = new(local, reference.GetSyntax(context.CancellationToken));
        use.AddDeclaration();
        foreach (IdentifierNameSyntax name in Statements.MemberAround(use.Declaration).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (Statements.Names(name, local, context))
            {
                use.AddUse(name);
            }
        }

        return use;
    }

    private void AddDeclaration()
    {
        switch (Declaration)
        {
            case VariableDeclaratorSyntax { Initializer.Value: { } value }:
                Values.Add(value);
                break;
            case VariableDeclaratorSyntax:
                break;
            case SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax argument } }
                when OutCallOf(argument) is { } call:
                OutCalls.Add(call);
                break;
            default:
                IsOpen = true;
                break;
        }
    }

    private void AddUse(IdentifierNameSyntax name)
    {
        switch (name.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == name:
                AddWrite(assignment);
                break;
            case ArgumentSyntax argument when OutCallOf(argument) is { } call:
                OutCalls.Add(call);
                break;
            case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
                or ArgumentSyntax { Parent: TupleExpressionSyntax }:
                IsOpen = true;
                break;
            default:
                Reads.Add(name);
                break;
        }
    }

    private void AddWrite(AssignmentExpressionSyntax assignment)
    {
        switch (assignment.Kind())
        {
            case SyntaxKind.SimpleAssignmentExpression when assignment.Parent is ExpressionStatementSyntax:
                Values.Add(assignment.Right);
                break;
            case SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression
                when assignment.Parent is ExpressionStatementSyntax:
                IsMoved = true;
                break;
            default:
                IsOpen = true;
                break;
        }
    }

    private static InvocationExpressionSyntax? OutCallOf(ArgumentSyntax argument) =>
        argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) ? argument.Parent?.Parent as InvocationExpressionSyntax : null;
}
