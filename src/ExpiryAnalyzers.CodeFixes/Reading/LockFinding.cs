using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.CodeFixes.Reading;

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
    }

    public FixContext Context { get; }

    public LockEpisode Episode { get; }

    public TimeSpan Margin { get; }

    public INamedTypeSymbol TimeSpanType { get; }

    public SemanticModel Model => Context.Model;

    /// <summary>The fault that the rule has named.</summary>
    public string? Fault => Context.Property(LockWithoutMargin.Fault);

    public static LockFinding? Of(FixContext context) =>
        MarginOf(context) is { } margin && Types.Find(Types.TimeSpan, context) is { } timeSpan && EpisodeAt(context) is var (episode, body)
            ? new(context, episode, body, margin, timeSpan)
            : null;

    /// <summary>How long a call only waits; null where it does more, or that is not known.</summary>
    public TimeSpan? WaitOf(InvocationExpressionSyntax call) =>
        Context.OperationOf(call) is IInvocationOperation { Arguments: [{ Value: { } length }, ..] } wait &&
        _body.Knowledge.Types.Is(wait.TargetMethod, KnownMember.Delay)
            ? Waits.LengthOf(length, _body)
            : null;

    /// <summary>Whether a node belongs to the body that takes the lock.</summary>
    public bool IsInBody(SyntaxNode node) => _body.Root.Syntax.Span.Contains(node.Span);

    /// <summary>Whether an expression's own type is <c>TimeSpan</c>.</summary>
    public bool IsTimeSpan(SyntaxNode expression) => SymbolEqualityComparer.Default.Equals(Context.TypeOf(expression), TimeSpanType);

    /// <summary>Whether an expression of the body means the same at a position.</summary>
    public bool IsRepeatable(IOperation expression, int position) => Repeatable.IsPure(expression) &&
        Repeatable.IsStable(expression, _body.Assignments) && Repeatable.IsVisible(expression, Model, position);

    /// <summary>Whether an expression of the body means the same at a position, or the code itself writes it a second time.</summary>
    public bool IsRepeated(IOperation expression, IOperation? second, int position) =>
        IsRepeatable(expression, position) || (second is not null && IsSameAgain(expression, second) &&
            Repeatable.IsStable(expression, _body.Assignments) && Repeatable.IsVisible(expression, Model, position));

    /// <summary>Whether a call sends a command of a client.</summary>
    public bool IsCommand(SyntaxNode call) => !_body.CallsAt(call).IsEmpty;

    /// <summary>Whether a variable is read by the work alone, once it has its value.</summary>
    public bool IsOfWork(ILocalSymbol local) => !_body.Assignments.IsShared(local) && _body.Assignments.Writes(local) == 1 &&
        _body.Assignments.Reads(local).All(Episode.IsProtected);

    /// <summary>The expression inside conversions and <c>new Expiration(…)</c>.</summary>
    public static IOperation Unwrapped(IOperation expiry) => expiry switch
    {
        IConversionOperation { IsImplicit: true } conversion => Unwrapped(conversion.Operand),
        IObjectCreationOperation { Arguments: [{ } span] } creation when Types.IsExpiration(creation.Type) => Unwrapped(span.Value),
        _ => expiry,
    };

    private bool IsSameAgain(IOperation expression, IOperation second) =>
        SyntaxFactory.AreEquivalent(expression.Syntax, second.Syntax) && !LockTokens.IsFresh(expression, _body.Knowledge.Types);

    /// <summary>The margin that the rule asks for, where a literal can stand for all of it.</summary>
    private static TimeSpan? MarginOf(FixContext context)
    {
        string? text = context.Property(LockWithoutMargin.Margin);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) ||
            !(milliseconds < int.MaxValue))
        {
            return null;
        }

        TimeSpan margin = TimeSpan.FromMilliseconds(milliseconds);
        return Spans.IsLiteral(margin) ? margin : null;
    }

    private static (LockEpisode Episode, Body Body)? EpisodeAt(FixContext context)
    {
        TextSpan place = context.Diagnostic.Location.SourceSpan;
        IOperation? around = context.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>()
            .Select(context.OperationOf)
            .FirstOrDefault(static operation => operation is not null);
        if (around is not null && context.Analysis.BodyAround(around) is { } body)
        {
            foreach (CacheCall call in body.Calls)
            {
                if (call.Syntax.Span.Contains(place) && LockEpisode.Of(call, body) is { } episode && episode.Expiry.Syntax.Span == place)
                {
                    return (episode, body);
                }
            }
        }

        return null;
    }
}
