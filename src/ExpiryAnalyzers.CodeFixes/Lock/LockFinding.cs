using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>A diagnostic of EXP201 with the lock that it is about, seen as the rule has seen it.</summary>
internal sealed class LockFinding
{
    private readonly Body _body;

    private LockFinding(FixContext context, LockEpisode episode, Body body, TimeSpan margin, INamedTypeSymbol timeSpan)
    {
        Context = context;
        Episode = episode;
        _body = body;
        Margin = margin;
        TimeSpanType = timeSpan;
        Generator = SyntaxGenerator.GetGenerator(context.Document);
    }

    public FixContext Context { get; }

    public LockEpisode Episode { get; }

    public TimeSpan Margin { get; }

    public INamedTypeSymbol TimeSpanType { get; }

    public SyntaxGenerator Generator { get; }

    public SemanticModel Model => Context.Model;

    /// <summary>The fault that the rule has named.</summary>
    public string? Fault => Context.Property(LockWithoutMargin.Fault);

    public static LockFinding? Of(FixContext context)
    {
        // The margin's literal must stand for all of it.
        bool hasMargin = double.TryParse(context.Property(LockWithoutMargin.Margin), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds);
        return hasMargin && TimeSpan.FromMilliseconds(milliseconds) is var margin && Spans.IsLiteral(margin) &&
            context.Model.Compilation.GetTypesByMetadataName("System.TimeSpan").FirstOrDefault() is { } timeSpan && EpisodeAt(context) is var (episode, body)
            ? new(context, episode, body, margin, timeSpan)
            : null;
    }

    /// <summary>Whether a node belongs to the body that takes the lock.</summary>
    public bool IsInBody(SyntaxNode node) => _body.Root.Syntax.Span.Contains(node.Span);

    /// <summary>The margin, as a place in the code may write it.</summary>
    public SafetyMargin MarginAt(SyntaxNode place) => SafetyMargin.At(Context, place, Margin, TimeSpanType);

    /// <summary>Whether an expression's own type is <c>TimeSpan</c>.</summary>
    public bool IsTimeSpan(SyntaxNode expression) => SymbolEqualityComparer.Default.Equals(Model.GetTypeInfo(expression, Context.CancellationToken).Type, TimeSpanType);

    /// <summary>The TTL as an expression for another place: as written, where repeating it gives the same, else its length; null where neither can be said.</summary>
    public ExpressionSyntax? TtlAt(int position)
    {
        IOperation ttl = Unwrapped(Episode.Expiry);
        return ttl.Syntax is ExpressionSyntax expression and not BaseObjectCreationExpressionSyntax && IsTimeSpan(expression) && IsRepeatable(ttl, position) ? expression
            : Episode.Ttl is { } length && Spans.IsLiteral(length) ? Spans.Literal(length, TimeSpanType, Generator)
            : null;
    }

    /// <summary>Whether an expression of the body means the same at a position.</summary>
    public bool IsRepeatable(IOperation expression, int position) =>
        Expressions.IsPure(expression) && Expressions.IsStable(expression, _body.Assignments) && Expressions.IsVisible(expression, Model, position);

    /// <summary>Whether no time is left to work in when the margin is taken off the TTL.</summary>
    public bool IsTooShortFor(SafetyMargin margin) => Episode.Ttl <= (margin.Length ?? Margin);

    /// <summary>What a title adds where the TTL is not known: taking the margin off a shorter one leaves no time to work in.</summary>
    public string Premise(SafetyMargin margin) => Episode.Ttl is null ? $" (the TTL must be longer than {margin.Description})" : "";

    /// <summary>The expression inside conversions and <c>new Expiration(…)</c>.</summary>
    public static IOperation Unwrapped(IOperation expiry) => expiry switch
    {
        IConversionOperation { IsImplicit: true } conversion => Unwrapped(conversion.Operand),
        IObjectCreationOperation { Type.Name: "Expiration", Arguments: [{ } span] } => Unwrapped(span.Value),
        _ => expiry,
    };

    private static (LockEpisode Episode, Body Body)? EpisodeAt(FixContext context)
    {
        if (ApiCatalog.Create(context.Model.Compilation) is { } catalog && RootAt(context) is { } root)
        {
            Body body = new(new(catalog, context.CancellationToken), root, Summaries.MaxDepth, context.CancellationToken);
            foreach (CacheCall call in body.Calls)
            {
                if (call.Syntax.Span.Contains(context.Diagnostic.Location.SourceSpan) && LockEpisode.Of(call, body) is { } episode && episode.Expiry.Syntax.Span == context.Diagnostic.Location.SourceSpan)
                {
                    return (episode, body);
                }
            }
        }

        return null;
    }

    /// <summary>The body that the rule has analysed: the outermost operation around the diagnostic, below that of the member itself.</summary>
    private static IOperation? RootAt(FixContext context)
    {
        IOperation? root = context.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().Select(call => context.Model.GetOperation(call, context.CancellationToken)).FirstOrDefault(operation => operation is not null);
        while (root?.Parent is { } parent and not IMethodBodyBaseOperation)
        {
            root = parent;
        }

        return root;
    }
}
