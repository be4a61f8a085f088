using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// Renewals of locks that stand in other members of the type. Which lock it is cannot be told from there, so that the text alone
/// decides, and what may serve the lock counts. Each type is read once for the compilation. Thread-safe.
/// </summary>
internal sealed class OtherRenewals(Knowledge knowledge)
{
    private readonly ConcurrentDictionary<SyntaxNode, RenewingType?> _types = new();

    /// <summary>Whether another member of the type around a body prolongs, from a loop or a timer, a lock that may be the body's.</summary>
    public bool MayServe(SyntaxNode body) => Around(body)?.MayServe(body) == true;

    /// <summary>Whether all renewals of the type around a body give the token of the lock.</summary>
    public bool AreByToken(SyntaxNode body) => Around(body)?.AreByToken != false;

    /// <summary>Whether a renewal of the type around a body may be of a key: not all of them are written with other keys.</summary>
    public bool MayRenew(SyntaxNode body, string key) => Around(body)?.MayRenew(key) != false;

    private RenewingType? Around(SyntaxNode body)
    {
        for (SyntaxNode? node = body; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax type && node != body)
            {
                return _types.GetOrAdd(type, key => RenewingType.Of((TypeDeclarationSyntax)key, knowledge.Catalog));
            }
        }

        return null;
    }
}

/// <summary>A type with members that prolong locks. Names alone are compared.</summary>
internal sealed class RenewingType
{
    private readonly ApiCatalog _catalog;
    private readonly Member[] _members;
    private readonly ILookup<string, Member> _methods;

    /// <summary>The members that name a method of the type.</summary>
    private readonly ILookup<string, Member> _callers;

    /// <summary>
    /// The members, nested ones included, that prolong locks again and again, and not those that they have taken themselves.
    /// </summary>
    private readonly Member[] _renewals;

    /// <summary>The members that lead to a renewal, and those that what starts a renewal leads to.</summary>
    private readonly HashSet<Member> _leading;
    private readonly HashSet<Member> _led = [];

    /// <summary>
    /// What serves all members but those that it is made of: a renewal, or one with what starts it, for all of the type. Counted by
    /// member, so that a member's own can be taken off.
    /// </summary>
    private readonly Dictionary<Member, int> _servedBy = [];
    private int _serving;
    private readonly bool _isPartial;

    /// <summary>The members that hold a script which prolongs a key.</summary>
    private readonly HashSet<string> _scripts;

    private RenewingType(TypeDeclarationSyntax type, ApiCatalog catalog)
    {
        _catalog = catalog;
        _isPartial = type.Modifiers.Any(SyntaxKind.PartialKeyword);
        _scripts = [.. type.Members.OfType<FieldDeclarationSyntax>().Where(IsScript)
            .SelectMany(static field => field.Declaration.Variables).Select(static variable => variable.Identifier.ValueText)];
        _members = [.. type.Members.Select(static member => new Member(member))];
        _methods = _members.Where(static member => member.IsMethod).ToLookup(static member => member.Name!);
        bool hasTimer = false;
        Dictionary<MemberDeclarationSyntax, Member> renewing = [];
        foreach (Member member in _members)
        {
            hasTimer |= Read(member, renewing);
        }

        hasTimer = hasTimer || type.DescendantTokens(node => node == type || node is not MemberDeclarationSyntax).Any(IsTimer);
        _renewals = [.. renewing.Values.Where(member => (hasTimer || member.IsRepeated) && !member.Takes)];
        _callers = _members
            .SelectMany(static member => member.Names.Select(name => (Name: name, Member: member)))
            .ToLookup(static use => use.Name, static use => use.Member);
        _leading = Leading();
        FindServing();
    }

    /// <summary>Whether a renewal may be of a key: not all of them are written with other keys.</summary>
    public bool MayRenew(string key) => _renewals.Any(renewal => renewal.Keys.Count == 0 || renewal.Keys.Contains(null) ||
        renewal.Keys.Contains(key));

    /// <summary>Whether all renewals are a client's own, which ask for the token.</summary>
    public bool AreByToken { get; private set; } = true;

    /// <summary>The type, if it has members that prolong locks.</summary>
    public static RenewingType? Of(TypeDeclarationSyntax type, ApiCatalog catalog) =>
        (type.DescendantNodes().Any(node => node is SimpleNameSyntax name && IsRenewal(name, catalog)) || IsScript(type)) &&
        new RenewingType(type, catalog) is { _renewals.Length: > 0 } renewing ? renewing : null;

    /// <summary>
    /// Whether a renewal may be that of a body's lock: the body leads to it, or what starts it leads to the body, does so for all of the
    /// type, or may be called from outside and takes no lock of its own.
    /// </summary>
    public bool MayServe(SyntaxNode body)
    {
        int index = Sorted.FirstFrom(_members, body.Span.Start + 1, static member => member.Syntax.Span.Start) - 1;
        Member? own = index >= 0 && _members[index].Syntax.Span.Contains(body.Span) ? _members[index] : null;
        int byOwn = own is not null && _servedBy.TryGetValue(own, out int count) ? count : 0;
        bool isOther = _renewals.Length > 1 || _renewals[0] != own;
        return isOther && (_serving > byOwn || (own is not null && (_leading.Contains(own) || (own.IsMethod && _led.Contains(own)))));
    }

    private static bool IsRenewal(SimpleNameSyntax name, ApiCatalog catalog) =>
        catalog.HasName(name.Identifier.ValueText, Effect.ExtendLock) ||
        (name.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax, Parent: InvocationExpressionSyntax } &&
            NameHints.Renewal.Fits(name.Identifier.ValueText));

    /// <summary>The key that a client's own renewal is written with; null where that is no text.</summary>
    private string? KeyIn(SimpleNameSyntax renewal)
    {
        bool isOfClient = _catalog.HasName(renewal.Identifier.ValueText, Effect.ExtendLock);
        InvocationExpressionSyntax? call = isOfClient ? renewal.FirstAncestorOrSelf<InvocationExpressionSyntax>() : null;
        bool isCalled = call?.Expression.Span.Contains(renewal.Span) == true;
        return isCalled && call!.ArgumentList.Arguments is [{ NameColon: null, Expression: LiteralExpressionSyntax key }, ..]
            ? key.Token.Value as string : null;
    }

    /// <summary>Whether code holds the text of a script that prolongs a key.</summary>
    private static bool IsScript(SyntaxNode code) =>
        code.DescendantTokens().Any(static token => token.Value is string text && NameHints.RenewingScript.Fits(text));

    private static bool IsTimer(SyntaxToken token) => KnownTypes.IsSimpleName(token.ValueText, KnownType.Timer) ||
        KnownTypes.IsSimpleName(token.ValueText, KnownType.PeriodicTimer);

    /// <summary>Reads a member of the type; answers whether it names a timer.</summary>
    private bool Read(Member member, Dictionary<MemberDeclarationSyntax, Member> renewing)
    {
        bool hasTimer = false;
        if (member.IsMethod && RunsScript(member.Syntax))
        {
            renewing[member.Syntax] = member;
            member.Keys.Add(null);
        }

        foreach (SyntaxNodeOrToken part in member.Syntax.DescendantNodesAndTokens())
        {
            if (part.IsToken)
            {
                hasTimer |= IsTimer(part.AsToken());
                member.Takes |= IsTaking(part.AsToken());
            }
            else if (part.AsNode() is SimpleNameSyntax name)
            {
                if (_methods.Contains(name.Identifier.ValueText) && !member.IsNeverStarted(name))
                {
                    member.Names.Add(name.Identifier.ValueText);
                }

                if (IsRenewal(name, _catalog) && name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } nearest)
                {
                    AreByToken &= _catalog.HasName(name.Identifier.ValueText, Effect.ExtendLock);
                    if (!renewing.TryGetValue(nearest, out Member? renewal))
                    {
                        renewing[nearest] = renewal = nearest == member.Syntax ? member : Nested(nearest);
                    }

                    renewal.Keys.Add(KeyIn(name));
                }
            }
            else
            {
                member.IsRepeated |= IsLoop(part.AsNode()!);
            }
        }

        return hasTimer;
    }

    /// <summary>Whether a member runs a script that prolongs a key: one that it holds, or that the type does.</summary>
    private bool RunsScript(SyntaxNode member)
    {
        SimpleNameSyntax[] names = [.. member.DescendantNodes().OfType<SimpleNameSyntax>()];
        return names.Any(name => _catalog.HasName(name.Identifier.ValueText, Effect.Opaque)) &&
            (names.Any(name => _scripts.Contains(name.Identifier.ValueText)) || IsScript(member));
    }

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax;

    /// <summary>Whether a token says that a member takes a lock.</summary>
    private bool IsTaking(SyntaxToken token) =>
        _catalog.LockNames.Contains(token.ValueText) || token.ValueText == ConditionNames.NotExists ||
            (token.IsKind(SyntaxKind.IdentifierToken) && NameHints.Acquisition.Fits(token.ValueText));

    /// <summary>A member of a nested type.</summary>
    private Member Nested(MemberDeclarationSyntax syntax) => new(syntax)
    {
        Takes = syntax.DescendantTokens().Any(IsTaking),
        IsRepeated = syntax.DescendantNodes().Any(IsLoop),
    };

    /// <summary>The members that lead to a renewal by the names in them.</summary>
    private HashSet<Member> Leading()
    {
        HashSet<Member> leading = [];
        Stack<string> open = new(_renewals.Where(static renewal => renewal.IsMethod).Select(static renewal => renewal.Name!));
        HashSet<string> seen = [.. open];
        while (open.Count > 0)
        {
            string name = open.Pop();
            foreach (Member caller in _callers[name])
            {
                // A renewal that calls itself does not lead to another.
                if (caller.Name != name && leading.Add(caller) && caller.IsMethod && seen.Add(caller.Name!))
                {
                    open.Push(caller.Name!);
                }
            }
        }

        return leading;
    }

    private void FindServing()
    {
        HashSet<Member> taking = Taking();
        List<Member> starting = [];
        foreach (Member renewal in _renewals)
        {
            if (!renewal.IsMethod || renewal.IsVisible)
            {
                Serve(renewal);
                continue;
            }

            Member[] others = [.. _callers[renewal.Name!].Where(member => member != renewal)];
            if (others.Length == 0 && MayBeCalledElsewhere(renewal))
            {
                Serve(renewal);
            }

            foreach (Member starter in others)
            {
                if (!starter.IsMethod || (starter.IsVisible && !taking.Contains(starter)))
                {
                    Serve(renewal, starter);
                }

                if (starter.IsMethod)
                {
                    starting.Add(starter);
                }
            }
        }

        FollowFrom(starting);
    }

    /// <summary>Whether a method that nothing in view calls is called all the same; any other is never started.</summary>
    private bool MayBeCalledElsewhere(Member renewal) => _isPartial || renewal.Syntax is MethodDeclarationSyntax method &&
        (method.ExplicitInterfaceSpecifier is not null || method.AttributeLists.Count > 0);

    private void Serve(Member renewal, Member? starter = null)
    {
        _serving++;
        _servedBy[renewal] = (_servedBy.TryGetValue(renewal, out int count) ? count : 0) + 1;
        if (starter is not null)
        {
            _servedBy[starter] = (_servedBy.TryGetValue(starter, out int starts) ? starts : 0) + 1;
        }
    }

    /// <summary>The members that say that they take a lock, and those that lead to them.</summary>
    private HashSet<Member> Taking()
    {
        HashSet<Member> taking = [.. _members.Where(static member => member.Takes)];
        Stack<Member> open = new(taking.Where(static member => member.IsMethod));
        while (open.Count > 0)
        {
            foreach (Member caller in _callers[open.Pop().Name!])
            {
                if (taking.Add(caller) && caller.IsMethod)
                {
                    open.Push(caller);
                }
            }
        }

        return taking;
    }

    private void FollowFrom(IEnumerable<Member> starting)
    {
        Stack<Member> open = new(starting);
        HashSet<Member> seen = [.. open];
        while (open.Count > 0)
        {
            foreach (Member called in open.Pop().Names.SelectMany(name => _methods[name]))
            {
                if (_led.Add(called) && seen.Add(called))
                {
                    open.Push(called);
                }
            }
        }
    }

    /// <summary>A member of the type, with what its text says.</summary>
    private sealed class Member(MemberDeclarationSyntax syntax)
    {
        private Dictionary<string, int>? _words;

        public MemberDeclarationSyntax Syntax => syntax;

        /// <summary>How often each word stands in the member.</summary>
        private Dictionary<string, int> Words => _words ??= syntax.DescendantTokens().GroupBy(static token => token.ValueText)
            .ToDictionary(static word => word.Key, static word => word.Count(), StringComparer.Ordinal);

        /// <summary>Whether a name stands in a lambda that a local variable holds and nobody reads.</summary>
        public bool IsNeverStarted(SimpleNameSyntax name) => name.FirstAncestorOrSelf<LambdaExpressionSyntax>()?.Parent is
                EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax held } &&
            held.Parent?.Parent is LocalDeclarationStatementSyntax && Words[held.Identifier.ValueText] == 1;

        /// <summary>The name of a method; null for other members.</summary>
        public string? Name { get; } = (syntax as MethodDeclarationSyntax)?.Identifier.ValueText;

        public bool IsMethod => Name is not null;

        public bool IsVisible { get; } = syntax.Modifiers
            .Any(static modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or
            SyntaxKind.ProtectedKeyword);

        /// <summary>The methods of the type that it names.</summary>
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        /// <summary>The keys that its renewals are written with, null for one of which that is not known.</summary>
        public HashSet<string?> Keys { get; } = [];

        public bool Takes { get; set; }

        public bool IsRepeated { get; set; }
    }
}
