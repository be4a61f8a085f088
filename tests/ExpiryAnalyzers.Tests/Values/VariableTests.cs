using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>Which variable, or which member of what a variable holds, an expression names.</summary>
public sealed class VariableTests
{
    private const string Code = """
        using System;
        class Node { public Node Next; public Node Other; public Node Property { get; set; } public Node this[int index] => this; public static Node Shared; public event Action Told; public void M() { } public static explicit operator TimeSpan(Node node) => default; }
        class C : Node
        {
            static Node Make() => null;
            object M(Node node, object any, C self, int number)
            {
                Node local = node;
                C Base() => this;
                return (EXPRESSIONS);
            }
        }
        """;

    [Theory]
    [InlineData("local", "local")]
    [InlineData("node", "node")]
    [InlineData("(Node)any", "any")]
    [InlineData("(object)node", "node")]
    [InlineData("(long)number", "number")]
    [InlineData("(decimal)number", "number")]
    [InlineData("(TimeSpan)node", null)]
    [InlineData("Make()", null)]
    [InlineData("node.Next", null)]
    [InlineData("this", null)]
    public void TheVariableOfAnExpression(string expression, string? name) => Assert.Equal(name, Describe(Variable.Of(Read(expression))));

    [Theory]
    [InlineData("node.Next", "node.Next")]
    [InlineData("node.Property", "node.Property")]
    [InlineData("node.Next.Other", "node.Next.Other")]
    [InlineData("node.Next.Other.Property.Next", "node.Next.Other.Property.Next")]
    [InlineData("((Node)any).Next", "any.Next")]
    [InlineData("local.Next", "local.Next")]
    [InlineData("Next", "C.Next")]
    [InlineData("this.Next.Other", "C.Next.Other")]

    // Further away, behind a call or an index, or shared by all, nothing is followed.
    [InlineData("node.Next.Next.Next.Next.Next", null)]
    [InlineData("Make().Next", null)]
    [InlineData("node[0]", null)]
    [InlineData("node[0].Next", null)]
    [InlineData("node.Next[0]", null)]
    [InlineData("Node.Shared", null)]
    [InlineData("Node.Shared.Next", null)]
    [InlineData("node", null)]
    public void TheMemberOfAnExpression(string expression, string? name) => Assert.Equal(name, Describe(Variable.OfMember(Read(expression))));

    [Fact]
    public void AMemberOfAVariable_IsTheOneThatTheExpressionNames()
    {
        Variable node = Variable.Of(Read("node"))!.Value;

        Assert.Equal(Variable.OfMember(Read("node.Next")), node.Member("Next"));
        Assert.Equal(Variable.OfMember(Read("node.Next.Other")), node.Member("Next").Member("Other"));
        Assert.NotEqual(node, node.Member("Next"));
        Assert.NotEqual(node.Member("Other"), node.Member("Next"));
        Assert.NotEqual(Variable.Of(Read("local")), node);
        Assert.Equal(node.GetHashCode(), Variable.Of(Read("(Node)node"))!.Value.GetHashCode());
    }

    /// <summary>A write to a member changes whatever is reached by way of a member of that name, and nothing else.</summary>
    [Theory]
    [InlineData("node.Next", "Next", true)]
    [InlineData("node.Next.Other", "Next", true)]
    [InlineData("node.Next.Other", "Other", true)]
    [InlineData("node.Next", "Other", false)]
    [InlineData("node.Next", "Nex", false)]
    public void WhatAWriteReaches(string expression, string member, bool isReached) =>
        Assert.Equal(isReached, Variable.OfMember(Read(expression))!.Value.IsReachedBy(member));

    [Fact]
    public void NoWriteToAMember_ReachesTheVariable() => Assert.False(Variable.Of(Read("node"))!.Value.IsReachedBy("node"));

    [Fact]
    public void ValuesOfAFewVariables()
    {
        Variable node = Variable.Of(Read("node"))!.Value;
        VariableValues values = new();
        values.Add(node, TimeValue.Null);
        values.Add(node, TimeValue.Duration(1));

        Assert.Equal((TimeValues)TimeValue.Duration(1), values[Variable.Of(Read("node"))!.Value]);
        Assert.Null(values[node.Member("Next")]);
        Assert.False(values.HasMembers);
        Assert.Null(VariableValues.None[node]);
    }

    private static string? Describe(Variable? variable) =>
        variable is not { } found ? null : found.Path is null ? found.Symbol!.Name : $"{found.Symbol!.Name}.{found.Path}";

    private static readonly Dictionary<string, IOperation> Bound = Bind();

    private static IOperation Read(string expression) => Bound[expression];

    private static Dictionary<string, IOperation> Bind()
    {
        string[] expressions = [.. typeof(VariableTests).GetMethods().SelectMany(static method => method.GetCustomAttributesData())
            .Where(static attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(static attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!)
            .Append("(Node)node").Distinct()];
        SyntaxTree tree = CSharpSyntaxTree.ParseText(Code.Replace("EXPRESSIONS", string.Join(", ", expressions), StringComparison.Ordinal));
        CSharpCompilation compilation = CSharpCompilation.Create("Variables", [tree], References.WithoutClient, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        SemanticModel model = compilation.GetSemanticModel(tree);
        TupleExpressionSyntax tuple = tree.GetRoot().DescendantNodes().OfType<TupleExpressionSyntax>().Single();
        return expressions.Zip(tuple.Arguments, (text, argument) => (text, Operation: model.GetOperation(argument.Expression)!)).ToDictionary(static pair => pair.text, static pair => pair.Operation);
    }
}
