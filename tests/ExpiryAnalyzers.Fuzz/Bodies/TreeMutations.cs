using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>
/// What an author does to code and it still parses: statements move, go, come twice and get something around them; names enter their own
/// values, hide the framework's, or stand where others stood; members change what they are.
/// </summary>
internal static class TreeMutations
{
    private static readonly string[] Hiding =
        ["DateTime", "TimeSpan", "Random", "Task", "Expiration", "When", "DateTimeOffset", "Math", "RedisKey", "System", "db", "ttl"];

    private static readonly string[] Around =
    [
        "if (DateTime.Now.Ticks > 0) {{ {0} }}", "if (DateTime.Now.Ticks > 0) {0}", "if (DateTime.Now.Ticks > 0) {{ }} else {0}", "foreach (var each in new[] {{ 1 }}) {0}",
        "try {{ {0} }} finally {{ }}", "try {{ }} catch {{ {0} }}", "try {{ }} finally {{ {0} }}", "lock (new object()) {0}",
        "while (true) {{ {0} break; }}", "for (; ; ) {0}", "do {0} while (false);", "switch (1) {{ case 1: {0} break; }}", "{{ {0} }}",
        "void Inner() {{ {0} }} Inner();", "Action inner = () => {{ {0} }}; inner();", "checked {{ {0} }}", "label: {0} goto label;",
        "unsafe {{ {0} }}", "await Task.Run(async () => {{ {0} }});", "using (null as IDisposable) {0}",
        "\n#if DEBUG\n {0}\n#endif\n", "\n#region all\n {0}\n#endregion\n", "\n#pragma warning disable\n{0}\n", "/* before */ {0} // after\n",
    ];

    private static readonly string[] Inside =
    [
        "({0})", "({0}, 1).Item1", "(true ? {0} : {0})", "({0} is var found ? found : default)", "/* why */ {0}", "(new[] {{ {0} }})[0]",
        "new Func<object>(() => {0})()", "((Func<bool, dynamic>)(x => {0}))(true)", "$\"{{{0}}}\"", "({0} + {0})", "({0})!", "default", "checked({0})",
        "{0} switch {{ var found => found }}", "({0}) ?? ({0})", "nameof({0})", "throw {0}", "await {0}", "{0}.Result", "{0}\n\n  ",
    ];

    /// <summary>Changes the text by a few steps.</summary>
    public static string Mutate(string text, Random random)
    {
        for (int steps = random.Next(1, 5); steps > 0; steps--)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
            IReadOnlyList<TextChange> changes = Step(root, random);
            text = changes.Count == 0 ? text : SourceText.From(text).WithChanges(changes.OrderBy(static change => change.Span)).ToString();
        }

        return text;
    }

    private static IReadOnlyList<TextChange> Step(SyntaxNode root, Random random) => random.Next(17) switch
    {
        0 => Change(Any<StatementSyntax>(root, random), static _ => ""),
        1 => Change(Any<StatementSyntax>(root, random), static text => $"{text} {text}"),
        2 => Swap(Any<StatementSyntax>(root, random), Any<StatementSyntax>(root, random)),
        3 or 4 => Change(Any<StatementSyntax>(root, random), text => string.Format(null, Pick(Around, random), text)),
        5 or 6 => Change(Any<ExpressionSyntax>(root, random), text => string.Format(null, Pick(Inside, random), text)),
        7 => Swap(Any<ExpressionSyntax>(root, random), Any<ExpressionSyntax>(root, random)),
        8 => Copy(Any<ExpressionSyntax>(root, random), Any<ExpressionSyntax>(root, random)),
        9 => Copy(Any<IdentifierNameSyntax>(root, random), Any<IdentifierNameSyntax>(root, random)),
        10 => IntoItself(root, random),
        11 => Rename(root, random),
        12 => Hide(root, random),
        13 => Change(Any<MemberDeclarationSyntax>(root, random), text => Pick(["static ", "public ", "unsafe ", "readonly ", "partial ", "async ", "const "], random) + text),
        14 => Layout(root, random),
        15 => Arrow(root, random),
        _ => Swap(Any<MemberDeclarationSyntax>(root, random), Any<MemberDeclarationSyntax>(root, random)),
    };

    private static IReadOnlyList<TextChange> Change(SyntaxNode? node, Func<string, string> by) =>
        node is null ? [] : [new(node.Span, by(node.ToString()))];

    private static IReadOnlyList<TextChange> Copy(SyntaxNode? to, SyntaxNode? from) => to is null ? [] : [new(to.Span, from!.ToString())];

    private static IReadOnlyList<TextChange> Swap(SyntaxNode? one, SyntaxNode? other) =>
        one is null || other is null || one.Span.IntersectsWith(other.Span) ? [] : [new(one.Span, other.ToString()), new(other.Span, one.ToString())];

    // key = prefix + key
    private static IReadOnlyList<TextChange> IntoItself(SyntaxNode root, Random random)
    {
        string operation = Pick(["{0} + {1}", "{1} + {0}", "$\"{{{0}}}{{{1}}}\"", "{1} ?? {0}", "true ? {0} : {1}", "string.Concat({1}, {0})"], random);
        return Pick<SyntaxNode>([.. root.DescendantNodes().Where(static node => node is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax } or AssignmentExpressionSyntax or ArgumentSyntax)], random) switch
        {
            EqualsValueClauseSyntax { Value: var value, Parent: VariableDeclaratorSyntax declarator } => Change(value, text => string.Format(null, operation, declarator.Identifier, text)),
            AssignmentExpressionSyntax assignment => Change(assignment.Right, text => string.Format(null, operation, assignment.Left, text)),
            ArgumentSyntax { Expression: IdentifierNameSyntax name } => Change(name, text => $"{text} = {string.Format(null, operation, text, "\"p:\"")}"),
            _ => [],
        };
    }

    /// <summary>One name becomes another wherever it stands.</summary>
    private static IReadOnlyList<TextChange> Rename(SyntaxNode root, Random random)
    {
        SyntaxToken[] names = [.. root.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken))];
        if (names.Length == 0)
        {
            return [];
        }

        string old = names[random.Next(names.Length)].Text;
        string name = random.Next(3) == 0 ? names[random.Next(names.Length)].Text : Pick([.. Hiding, "@class", "_", "value", "field", "args", "record"], random);
        return [.. names.Where(token => token.Text == old).Select(token => new TextChange(token.Span, name))];
    }

    /// <summary>A member that is called like something of the framework.</summary>
    private static IReadOnlyList<TextChange> Hide(SyntaxNode root, Random random)
    {
        string member = string.Format(null, Pick([" object {0};", " class {0} {{ }}", " static int {0}() => 1;", " string {0} {{ get; set; }}", " enum {0} {{ Utc }}"], random), Pick(Hiding, random));
        TypeDeclarationSyntax[] types = [.. root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(static type => type.OpenBraceToken.Span.Length > 0)];
        return types.Length == 0 ? [] : [new(new(types[random.Next(types.Length)].OpenBraceToken.Span.End, 0), member)];
    }

    private static IReadOnlyList<TextChange> Layout(SyntaxNode root, Random random) => random.Next(4) switch
    {
        0 => [.. root.DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Select(static trivia => new TextChange(trivia.Span, "\r\n"))],
        1 => [.. root.DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(static trivia => new TextChange(trivia.Span, "\t"))],
        2 when !root.ContainsDirectives => [.. root.DescendantTrivia()
            .Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            .Select(static trivia => new TextChange(trivia.Span, " "))],
        _ => [.. root.DescendantNodes().OfType<UsingDirectiveSyntax>().Take(random.Next(3)).Select(static name => new TextChange(name.Span, ""))],
    };

    /// <summary>A block becomes an expression, or an expression a block.</summary>
    private static IReadOnlyList<TextChange> Arrow(SyntaxNode root, Random random) => Any<MethodDeclarationSyntax>(root, random) switch
    {
        { ExpressionBody: { } arrow } method => [new(arrow.Span, $"{{ {(random.Next(2) == 0 ? "return " : "")}{arrow.Expression}; }}"), new(method.SemicolonToken.Span, "")],
        { Body: { Statements: [.., ExpressionStatementSyntax last] } body } => [new(body.Span, $"=> {last.Expression};")],
        { Body: { } body } => [new(new(body.OpenBraceToken.Span.End, 0), random.Next(2) == 0 ? " yield break; " : " throw null; ")],
        _ => [],
    };

    private static T? Any<T>(SyntaxNode root, Random random)
        where T : SyntaxNode => Pick<T>([.. root.DescendantNodes().OfType<T>()], random);

    private static T? Pick<T>(T[] choices, Random random)
        where T : class => choices.Length == 0 ? null : choices[random.Next(choices.Length)];

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];
}
