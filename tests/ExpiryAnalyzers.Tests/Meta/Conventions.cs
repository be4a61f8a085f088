using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>What <see cref="ConventionTests"/> measures in a file's syntax tree.</summary>
internal static class Conventions
{
    public const int LongestLine = 140;

    public const int LongestMethod = 60;

    public const int LongestExpression = 60;

    /// <summary>The calls that compare texts, or look one up.</summary>
    private static readonly IReadOnlyCollection<string> Comparisons =
    [
        "Contains", "ContainsKey", "StartsWith", "EndsWith", "Equals", "TryGetValue", "IndexOf", "LastIndexOf", "Compare", "CompareOrdinal",
        "CompareTo",
        "Split", "Trim", "TrimStart", "TrimEnd",
    ];

    /// <summary>The lines of a text that are too long, by their numbers.</summary>
    public static IEnumerable<(int Number, string Text)> LongLines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Select((line, at) => (at + 1, line)).Where(line => line.line.Length > LongestLine);

    /// <summary>How many lines each body has, its braces or its arrow's lines included, and whose it is.</summary>
    public static IEnumerable<(string Name, int Lines)> Bodies(SyntaxNode root) => root.DescendantNodes()
        .Where(
            static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or
                PropertyDeclarationSyntax)
        .Select(node => (Node: node, Body: BodyOf(node)))
        .Where(static found => found.Body is not null)
        .Select(static found => (NameOf(found.Node), LinesOf(found.Body!)));

    /// <summary>How many tokens each expression has that is counted by itself, and whose it is.</summary>
    public static IEnumerable<(string Name, int Tokens)> Expressions(SyntaxNode root) => root.DescendantNodes()
        .Where(IsCounted)
        .Select(
            static node =>
                (NameOf(node), node.DescendantTokens(inner => inner == node || !IsCounted(inner)).Count(token => IsOwn(token, node))));

    /// <summary>
    /// The members in which a text that stands in the code is compared or looked up: an operand of <c>==</c>, a pattern, a case, an
    /// argument or the receiver of one of <see cref="Comparisons"/>, and lists of texts that a static field holds for that.
    /// </summary>
    /// <param name="constants">The project's own constants that are texts or characters: see <see cref="TextConstants"/>.</param>
    public static IEnumerable<string> LiteralComparisons(SyntaxNode root, IReadOnlySet<string> constants)
    {
        return root.DescendantNodes().Where(IsComparison).Select(NameOf).Distinct();

        bool IsComparison(SyntaxNode node) => node switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } binary =>
                IsText(binary.Left) || IsText(binary.Right),
            ConstantPatternSyntax pattern => IsText(pattern.Expression),
            RelationalPatternSyntax pattern => IsText(pattern.Expression),
            CaseSwitchLabelSyntax label => IsText(label.Value),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } called } call =>
                Comparisons.Contains(name) &&
                (IsTextOrList(called.Expression) || call.ArgumentList.Arguments.Any(argument => IsTextOrList(argument.Expression))),
            FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Declaration.Variables.Any(IsListOfTexts),
            _ => false,
        };

        bool IsListOfTexts(VariableDeclaratorSyntax variable) => variable.Initializer?.Value.DescendantNodesAndSelf().Any(IsList) == true;

        bool IsTextOrList(ExpressionSyntax expression) => IsText(expression) || IsList(expression);

        bool IsList(SyntaxNode node) => node switch
        {
            CollectionExpressionSyntax list =>
                list.Elements.OfType<ExpressionElementSyntax>().Any(element => IsElement(element.Expression)),
            InitializerExpressionSyntax list => list.Expressions.Any(IsElement),
            ImplicitArrayCreationExpressionSyntax array => IsList(array.Initializer),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => IsList(initializer),
            _ => false,
        };

        bool IsElement(ExpressionSyntax element) => element switch
        {
            TupleExpressionSyntax tuple => IsText(tuple.Arguments[0].Expression),
            InitializerExpressionSyntax entry => entry.Expressions.Any(IsText),
            AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax access } =>
                access.ArgumentList.Arguments.Any(key => IsText(key.Expression)),
            _ => IsText(element),
        };

        // Whether something is there at all is no question about its text.
        bool IsText(ExpressionSyntax expression) => expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText.Length > 0,
            LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.CharacterLiteralExpression),
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } => true,
            ParenthesizedExpressionSyntax inner => IsText(inner.Expression),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsText(sum.Left) || IsText(sum.Right),
            SimpleNameSyntax name => name.Ancestors().Any(around => constants.Contains(Owned(around, name))),
            MemberAccessExpressionSyntax { Expression: SimpleNameSyntax type } access => constants.Contains($"{type}.{access.Name}"),
            _ => false,
        };
    }

    /// <summary>The constants that are texts or characters, by the names of what they stand in and their own.</summary>
    public static IEnumerable<string> TextConstants(SyntaxNode root) => root.DescendantNodes()
        .OfType<VariableDeclarationSyntax>()
        .Where(
            static declared =>
                declared.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword or (int)SyntaxKind.CharKeyword })
        .Where(static declared => declared.Parent switch
        {
            BaseFieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
            LocalDeclarationStatementSyntax local => local.IsConst,
            _ => false,
        })
        .SelectMany(
            static declared => declared.Variables.Select(variable => (variable.Identifier.ValueText, Around: declared.Parent!.Parent!)))
        .Select(static constant => $"{(constant.Around as BaseTypeDeclarationSyntax)?.Identifier}.{constant.ValueText}");

    // A local constant stands in no type, and goes by its name alone.
    private static string Owned(SyntaxNode around, SimpleNameSyntax name) =>
        $"{(around as BaseTypeDeclarationSyntax)?.Identifier}.{name.Identifier.ValueText}";

    /// <summary>The parameters of primary constructors that are written to.</summary>
    public static IEnumerable<string> WrittenCaptures(SyntaxNode root) => root.DescendantNodes()
        .OfType<TypeDeclarationSyntax>()
        .Where(static type => type is { ParameterList: not null } and not RecordDeclarationSyntax)
        .SelectMany(static type => type.ParameterList!.Parameters.Select(parameter => (Type: type, Name: parameter.Identifier.ValueText)))
        .Where(static captured => captured.Type.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == captured.Name && IsWritten(name)))
        .Select(static captured => $"{captured.Type.Identifier.ValueText}.{captured.Name}");

    /// <summary>The static arrays, sets and dictionaries that are written to, or handed to others that might.</summary>
    public static IEnumerable<string> WrittenTables(SyntaxNode root) => root.DescendantNodes()
        .OfType<FieldDeclarationSyntax>()
        .Where(
            static field => field.Modifiers.Any(SyntaxKind.StaticKeyword) &&
                field.Declaration.Type is ArrayTypeSyntax or
                    GenericNameSyntax { Identifier.ValueText: "Dictionary" or "HashSet" or "List" })
        .SelectMany(static field => field.Declaration.Variables)
        .Where(static table => table.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == table.Identifier.ValueText && !IsOnlyRead(name)))
        .Select(NameOf);

    /// <summary>What a member is called: its type's name and its own.</summary>
    public static string NameOf(SyntaxNode node) => string.Join(
        '.',
        node.AncestorsAndSelf().Select(static around => around switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            ConstructorDeclarationSyntax => "ctor",
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            IndexerDeclarationSyntax => "this[]",
            OperatorDeclarationSyntax @operator => "operator" + @operator.OperatorToken.ValueText,
            BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            _ => null,
        }).OfType<string>().Reverse());

    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        _ => null,
    };

    private static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan lines = node.SyntaxTree.GetLineSpan(node.Span);
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }

    /// <summary>
    /// Whether a node is counted by itself: the expression of a statement, of an arrow, of an initialiser, the body of a lambda, an arm of
    /// a switch, a label, an element.
    /// </summary>
    private static bool IsCounted(SyntaxNode node) => node switch
    {
        SwitchExpressionArmSyntax or CollectionElementSyntax or SwitchLabelSyntax or ConstructorInitializerSyntax or
        PrimaryConstructorBaseTypeSyntax => true,
        InitializerExpressionSyntax { Parent: InitializerExpressionSyntax } => true,
        InitializerExpressionSyntax => false,
        ExpressionSyntax { Parent: StatementSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or
            InitializerExpressionSyntax } => true,
        ExpressionSyntax { Parent: AnonymousFunctionExpressionSyntax lambda } => lambda.Body == node,
        _ => false,
    };

    // Statements in a lambda have expressions of their own.
    private static bool IsOwn(SyntaxToken token, SyntaxNode counted)
    {
        for (SyntaxNode? around = token.Parent; around is not null && around != counted; around = around.Parent)
        {
            if (around is StatementSyntax || IsCounted(around))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOnlyRead(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access when access.Expression == name =>
            member is "Contains" or "ContainsKey" or "TryGetValue" or "Length" or "Count" or "Keys" or "Values" or "Any" or "All" or
                "Select" or "Where" or
                "FirstOrDefault",
        MemberAccessExpressionSyntax => true, // Another type's member of that name.
        ElementAccessExpressionSyntax access => access.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != access,
        CommonForEachStatementSyntax or SpreadElementSyntax or FromClauseSyntax => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } } =>
            call.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Array) } &&
            call.Name.Identifier.ValueText is "IndexOf" or "Exists",
        _ => false,
    };

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name && assignment.Parent is not InitializerExpressionSyntax,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } =>
            true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };
}
