using System.Text;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Writes one member as the C# of an outline: the clients' calls that its callers can be told of, with keys and times in terms of its
/// parameters, the locks that it takes for them, and the time that it answers with.
/// </summary>
internal sealed class OutlinePrinter
{
    private const string Nothing = "void";

    private readonly OutlineScope _scope;
    private readonly OutlineTypes _types;
    private readonly OutlineTimes _times;
    private readonly OutlineCalls _calls;
    private readonly OutlineLocks _locks;
    private readonly OutlineScripts _scripts;
    private readonly StringBuilder _body = new();
    private bool _isHalf;

    private OutlinePrinter(OutlineScope scope)
    {
        _scope = scope;
        _types = scope.Types;
        _times = new(scope);
        _calls = new(scope, _times);
        _locks = new(scope, _calls);
        _scripts = new(scope, _calls);
    }

    /// <summary>The row's C# of a method, with what it calls; null where the method has nothing to tell.</summary>
    public static (string Text, OutlineTypes Called)? Print(Func<OutlineScope> open)
    {
        OutlinePrinter printer = new(open());
        string? text = printer.PrintMethod(tellsCalls: true);
        if (printer._isHalf)
        {
            // Half of what a method does would be another method: then its times alone are told of.
            printer = new(open());
            text = printer.PrintMethod(tellsCalls: false);
        }

        return text is null ? null : (text, printer._types);
    }

    /// <summary>The row's C# of a property that answers with a time; null where nothing is known of that.</summary>
    public static (string Text, OutlineTypes Called)? Print(OutlineScope getter, IPropertySymbol property)
    {
        OutlineTimes times = new(getter);
        if (!property.Parameters.IsEmpty || !times.AnswersTime)
        {
            return null;
        }

        Summaries summaries = getter.Knowledge.Summaries;
        string words = (property.IsStatic ? "static " : "") + times.AnswerType;
        return times.Answered(summaries.ValueOf(property, summaries.Depth), ask: null) is { } time
            ? ($"{words} {WrittenName(property)} => {time};", getter.Types)
            : null;
    }

    private string? PrintMethod(bool tellsCalls)
    {
        MethodSummary? summary = _scope.Summary;
        string? ask = null;
        if (summary is not null)
        {
            if (tellsCalls && summary.Calls.Count <= FlowLimits.OutlinedCalls)
            {
                PrintCalls(summary);
                ask = summary.Calls.FirstOrDefault(static call => call.Method.Row.AnswersInstant) is { } question
                    ? _calls.Of(question, held: null)?.Answer
                    : null;
            }

            foreach (HandedOn handed in summary.Sinks.Where(handed => !_calls.IsWritten(handed)))
            {
                PrintSink(handed);
            }

            foreach (string touching in summary.Scripts.Where(_ => tellsCalls).Select(_scripts.Touching).OfType<string>())
            {
                _body.Append(touching).Append("; ");
            }
        }

        string returned = _locks.Answer ?? Nothing;
        if (returned == Nothing && _times.AnswersTime && _times.Answered(ask) is { } time)
        {
            returned = _times.AnswerType;
            _body.Append("return ").Append(time).Append("; ");
        }

        // What no caller has a part in is the method's own matter, but for the lock that another method leaves to them.
        return _body.Length == 0 || (returned == Nothing && !_scope.UsesParameters && !_scope.TouchesLock) ? null : Member(returned);
    }

    private string Member(string returned)
    {
        string isStatic = _scope.Method.IsStatic ? "static " : "";
        string fields = string.Concat(_scope.Fields.Select(field => isStatic + field + "; "));
        return $"{fields}{isStatic}{returned} {WrittenName(_scope.Method)}({_scope.Parameters}) {{ {_body}}}";
    }

    /// <summary>A member's name without that of the interface for which it is written.</summary>
    public static string OwnName(ISymbol member) => member.Name.Split('.').Last();

    private static string WrittenName(ISymbol member) =>
        OwnName(member) is var name && SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private void PrintCalls(MethodSummary summary)
    {
        StringBuilder statements = new();
        foreach (CacheCall call in summary.Calls.Concat(summary.Locks.Select(static held => held.Take)).Distinct())
        {
            if (_locks.IsRelease(call))
            {
                continue;
            }

            HeldLock? held = summary.Locks.FirstOrDefault(held => ReferenceEquals(held.Take, call));
            if (_calls.Of(call, held) is not { } written)
            {
                _isHalf = true;
                return;
            }

            statements.Append(held is null
                ? Guarded(written.Text, written.Tested, call.Syntax)
                : _locks.TextOf(written, call, held)).Append(' ');
        }

        _body.Append(statements);
    }

    /// <summary>
    /// A statement that runs only where a parameter is more than nothing, if the method looks at that, and where the flags say so.
    /// </summary>
    private string Guarded(string expression, IParameterSymbol? tested, SyntaxNode place)
    {
        string flags = _scope.FlagsOf(place);
        return (flags.Length > 0 ? $"if ({flags}) " : "") + (tested is null ? "" : $"if ({_scope.IsSome(tested)}) ") + expression + ";";
    }

    /// <summary>A time that goes where no call is told of: into options, or into a script.</summary>
    private void PrintSink(HandedOn handed)
    {
        Sink sink = handed.Sink.Innermost;
        if (_times.Handed(handed) is not var (type, text))
        {
            return;
        }

        string? expression = sink switch
        {
            { Call: null, Member: IPropertySymbol property } => Options(property, text, sink.Sliding),
            { Call: null, Member: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } => Made(constructor, type, text),
            { Call: { } call } when call.Has(Effect.Opaque) && call.Raw is null => _scripts.HandingOn(call, sink, text),
            { Call: { } call } => _calls.Of(call, held: null, handed)?.Text,
            _ => null,
        };
        if (expression is not null)
        {
            IParameterSymbol? tested = _scope.IsGuarded(handed) ? handed.Given : null;
            _body.Append(Guarded(expression, tested, handed.Sink.Value.Syntax)).Append(' ');
        }
    }

    private string? Options(IPropertySymbol property, string time, Sink? sliding)
    {
        if (_types.ClientOf(property.ContainingType) is not { } name)
        {
            return null;
        }

        string type = Declare(property);
        string beside = sliding?.Innermost.Member is IPropertySymbol other && type.Length > 0
            ? $", {other.Name} = {OutlineSyntax.Any(Declare(other))}"
            : "";
        return property.ContainingType.TypeKind == TypeKind.Interface
            ? $"{OutlineSyntax.Any(name)}.{property.Name} = {time}"
            : $"new {name} {{ {property.Name} = {time}{beside} }}";
    }

    private string Declare(IPropertySymbol property)
    {
        string type = _types.TextOf(property.Type);
        _types.Add(property.ContainingType, $"public {type} {property.Name} {{ get; set; }}");
        return type;
    }

    private string? Made(IMethodSymbol constructor, string type, string time)
    {
        if (_types.ClientOf(constructor.ContainingType) is not { } name ||
            constructor.Parameters.FirstOrDefault(given => _scope.Knowledge.MayBeTime(given.Type)) is not { } parameter)
        {
            return null;
        }

        _types.Add(constructor.ContainingType, $"public {constructor.ContainingType.Name}({type} @{parameter.Name}) {{ }}");
        return $"new {name}(@{parameter.Name}: {time})";
    }
}
