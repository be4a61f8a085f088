using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>
/// Lays new statements out as their file is laid out: with its line ends and its indentation, whatever the host's settings say. What
/// the host finds to lay out afterwards is nothing.
/// </summary>
internal static class FileStyle
{
    /// <summary>The document with its marked statements laid out, and without the marks.</summary>
    /// <param name="changed">The document, edited.</param>
    /// <param name="original">The file before the edits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Document> ApplyAsync(Document changed, SyntaxNode original, CancellationToken cancellationToken)
    {
        OptionSet options = await changed.GetOptionsAsync(cancellationToken).ConfigureAwait(false);
        options = OptionsOf(original, options);
        foreach (SyntaxAnnotation mark in new[] { Formatter.Annotation, SyntaxAnnotation.ElasticAnnotation })
        {
            changed = await Formatter.FormatAsync(changed, mark, options, cancellationToken).ConfigureAwait(false);
        }

        SyntaxNode? root = await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is null ? changed : changed.WithSyntaxRoot(WithoutMarks(root));
    }

    /// <summary>The host's options, with what the file shows of its own in their place.</summary>
    private static OptionSet OptionsOf(SyntaxNode original, OptionSet options)
    {
        options = Layout.LineEndIn(original) is { } lineEnd
            ? options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, lineEnd)
            : options;
        if (Layout.StepIn(original) is not { } step)
        {
            return options;
        }

        bool isTab = step[0] == '\t';
        options = options.WithChangedOption(FormattingOptions.UseTabs, LanguageNames.CSharp, isTab);
        return isTab ? WithTabs(options) : options.WithChangedOption(FormattingOptions.IndentationSize, LanguageNames.CSharp, step.Length);
    }

    /// <summary>One tab for each step, however wide the host shows it.</summary>
    private static OptionSet WithTabs(OptionSet options) => options.WithChangedOption(
        FormattingOptions.IndentationSize,
        LanguageNames.CSharp,
        options.GetOption(FormattingOptions.TabSize, LanguageNames.CSharp));

    private static SyntaxNode WithoutMarks(SyntaxNode root)
    {
        root = root.ReplaceNodes(
            root.GetAnnotatedNodes(Formatter.Annotation),
            static (_, current) => current.WithoutAnnotations(Formatter.Annotation));
        return root.ReplaceTrivia(
            root.GetAnnotatedTrivia(SyntaxAnnotation.ElasticAnnotation),
            static (_, current) => current.FullSpan.IsEmpty ? default : current.WithoutAnnotations(SyntaxAnnotation.ElasticAnnotation));
    }
}
