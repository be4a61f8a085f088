using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// What an expression certainly denotes, so that two expressions can be told to be the same key, the same database or the same
/// duration. Two identities are equal when their texts are, as long as none of <see cref="Symbols"/> was written in between.
/// </summary>
internal sealed record Identity(string Text, ImmutableHashSet<ISymbol> Symbols)
{
    public bool Equals(Identity? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode();

    public static Identity Constant(object? value) => new("'" + Convert.ToString(value, CultureInfo.InvariantCulture) + "'", NoSymbols);

    /// <summary>What a local or parameter is called in the text of an identity: its name and where it is declared.</summary>
    public static string Name(ISymbol symbol) => "<" + symbol.Name + "@" + (symbol.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0) + ">";

    /// <summary>The identity with another expression in the place of a parameter. Of a row of parts, neighbouring constants are one then.</summary>
    public Identity With(IParameterSymbol parameter, Identity argument)
    {
        string text = Text.Replace(Name(parameter), argument.Text.StartsWith(Row, StringComparison.Ordinal) && Text.StartsWith(Row, StringComparison.Ordinal) ? argument.Text.Substring(Row.Length) : argument.Text);
        if (text.StartsWith(Row, StringComparison.Ordinal))
        {
            text = text.Replace("'" + Separator + "'", "");
            text = text.IndexOf(Separator, StringComparison.Ordinal) < 0 ? text.Substring(Row.Length) : text;
        }

        return new(text, Symbols.Remove(parameter).Union(argument.Symbols));
    }

    /// <summary>How the text of a row of parts begins.</summary>
    internal const string Row = "$";

    /// <summary>What stands between the parts of a row.</summary>
    internal const string Separator = "|";

    /// <summary>What hangs on <c>this</c> of another object, in terms of that object.</summary>
    public Identity On(Identity receiver) => new("(" + receiver.Text + ")" + Text, Symbols.Union(receiver.Symbols));

    internal static readonly ImmutableHashSet<ISymbol> NoSymbols = ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default);
}

/// <summary>Finds the identities of the expressions of one body.</summary>
/// <param name="assignments">What the body's variables are given.</param>
/// <param name="getter">The expression that a property stands for.</param>
/// <param name="isDatabase">Whether values of a type are a client's database.</param>
internal sealed class Identities(DefUse assignments, Func<IPropertySymbol, IOperation?>? getter = null, Func<ITypeSymbol, bool>? isDatabase = null)
{
    private const int MaxDepth = 12;

    /// <summary>The name of the first part of a pair, whichever way it is taken.</summary>
    private const string PairKey = ".Key";

    /// <summary>Words in the names of calls that answer something else each time, or that do something beside answering.</summary>
    private static readonly string[] Fickle =
        ["New", "Next", "Read", "Dequeue", "Pop", "Take", "Random", "Receive", "Generate", "Create", "Add", "Increment", "Now", "Remove", "Poll", "Fetch"];

    /// <summary>Those of <see cref="Fickle"/> with which the name of a helper that makes a key may begin.</summary>
    private static readonly string[] Makers = ["Add", "Create", "Generate"];

    /// <summary>Longer methods, in characters of source, are not looked through.</summary>
    private const int MaxBuilder = 1000;

    /// <summary>The identity of an expression, or null where nothing certain can be said, so that it equals nothing, not even itself.</summary>
    public Identity? Of(IOperation? operation) => operation is null ? null : Of(operation, MaxDepth);

    /// <summary>Whether a call of the method is named for answering something else each time.</summary>
    public static bool IsFickle(IMethodSymbol method) => !IsKeyBuilder(method) && Fickle.Any(word =>
        method.Name.StartsWith(word, StringComparison.Ordinal) || (!IsNamedForWhatItGets(method) && method.Name.IndexOf(word, StringComparison.Ordinal) > 0));

    /// <summary>
    /// Whether a call of a source method that is named like a maker (<c>CreateKey(id)</c>, <c>AddPrefix(key)</c>) puts a key together of
    /// its arguments alone: nothing in its text yields something else each time.
    /// </summary>
    private static bool IsKeyBuilder(IMethodSymbol method) =>
        !method.Parameters.IsEmpty && Makers.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal)) &&
        (method.Name.EndsWith("Key", StringComparison.Ordinal) || method.Name.EndsWith("Prefix", StringComparison.Ordinal)) &&
        method.DeclaringSyntaxReferences is [{ } reference] && reference.Span.Length <= MaxBuilder &&
        !reference.GetSyntax().DescendantTokens().Any(static token => token.ValueText is "Guid" or "Random" or "Now" or "UtcNow" or "Ticks" or "++" || token.ValueText.StartsWith("Next", StringComparison.Ordinal));

    private static bool IsNamedForWhatItGets(IMethodSymbol method) => method.Name.StartsWith("Get", StringComparison.Ordinal) || method.Name.EndsWith("Key", StringComparison.Ordinal);

    private Identity? Of(IOperation operation, int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        if (operation.ConstantValue.HasValue)
        {
            return Identity.Constant(operation.ConstantValue.Value);
        }

        depth--;
        switch (operation)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand, depth);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, depth);
            case IArgumentOperation argument:
                return Of(argument.Value, depth);
            case IAwaitOperation awaited:
                return Of(awaited.Operation, depth);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return new("this", Identity.NoSymbols);
            case ILocalReferenceOperation local:
                return OfLocal(local.Local, depth);
            case IParameterReferenceOperation parameter:
                return OfElement(parameter.Parameter, depth) ?? OfHanded(parameter, depth) ?? Symbol(parameter.Parameter);
            case IFieldReferenceOperation field:
                return Member(field.Field, field.Instance, ImmutableArray<IOperation>.Empty, depth);
            case IPropertyReferenceOperation property:
                return OfProperty(property, depth);
            case IArrayElementReferenceOperation element:
                return Join("[", element.Indices.Insert(0, element.ArrayReference), depth);
            case IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
                return OfText(operation, depth);
            case IBinaryOperation binary:
                return Join(binary.OperatorKind.ToString(), ImmutableArray.Create(binary.LeftOperand, binary.RightOperand), depth);
            case IInvocationOperation invocation:
                return OfCall(invocation, depth);
            case IObjectCreationOperation { Constructor: not null, Initializer: null, Arguments.Length: > 0 } creation when creation.Type is { IsValueType: true }:
                return creation.Arguments.Length == 1 && creation.Type.Name == "RedisKey"
                    ? Of(creation.Arguments[0].Value, depth)
                    : Join("new " + creation.Type.Name, creation.Arguments, depth);
            case IConditionalAccessInstanceOperation:
                return Accessed(operation) is { } receiver ? Of(receiver, depth) : null;
            case IConditionalAccessOperation access:
                return Of(access.WhenNotNull, depth);
            case ITypeOfOperation type:
                return new("typeof " + type.TypeOperand.ToDisplayString(), Identity.NoSymbols);
            default:
                return null;
        }
    }

    /// <summary>The receiver of the nearest <c>?.</c> around.</summary>
    private static IOperation? Accessed(IOperation instance)
    {
        IOperation inner = instance;
        for (IOperation? outer = instance.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, inner))
            {
                return access.Operation;
            }
        }

        return null;
    }

    private static Identity Symbol(ISymbol symbol) => new(Identity.Name(symbol), Identity.NoSymbols.Add(symbol));

    private Identity? OfLocal(ILocalSymbol local, int depth) =>
        assignments.OnlyValue(local) is { } value && Of(value, depth) is { } identity ? identity : OfElement(local, depth) ?? Symbol(local);

    /// <summary>The database that a helper hands to a lambda: equal calls of the helper hand over the same one, as equal <c>GetDatabase</c> calls answer it.</summary>
    private Identity? OfHanded(IParameterReferenceOperation reference, int depth)
    {
        IParameterSymbol parameter = reference.Parameter;
        if (isDatabase?.Invoke(parameter.Type) != true || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            return null;
        }

        for (IOperation? around = reference.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                if (lambda.CallHandedTo() is not { TargetMethod: { } helper } call)
                {
                    return null;
                }

                // What decides about the database is no lambda itself.
                IEnumerable<IOperation> parts = call.Arguments.Where(static argument => argument.Parameter?.Type.TypeKind != TypeKind.Delegate).Select(static argument => argument.Value);
                return Join("handed by " + helper.Name + parameter.Ordinal, (call.Instance is { } owner ? new[] { owner }.Concat(parts) : parts).ToImmutableArray(), depth);
            }
        }

        return null;
    }

    /// <summary>
    /// What a variable denotes that goes through a collection: two loops over one collection are about the same keys. It is another
    /// one in each round, so that it counts among the symbols.
    /// </summary>
    private Identity? OfElement(ISymbol variable, int depth) => assignments.ElementOf(variable) is var (collection, place) && OfEach(collection, place, depth) is { } each
        ? each with { Symbols = each.Symbols.Add(variable) }
        : null;

    /// <summary>The keys of the pairs of a collection.</summary>
    public Identity? OfEachKey(IOperation pairs) => OfEach(pairs, 0, MaxDepth);

    private Identity? OfEach(IOperation collection, int place, int depth)
    {
        collection = collection.WithoutConversions();
        if (place < 0 && collection is IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } dictionary })
        {
            (collection, place) = (dictionary.WithoutConversions(), 0);
        }

        // A collection that is made in place is another one each time.
        return collection is IInvocationOperation || Of(collection, depth) is not { } all ? null
            : place switch
            {
                < 0 => all with { Text = "each(" + all.Text + ")" },
                0 => all with { Text = PairKey + "(each(" + all.Text + "))" },
                _ => all with { Text = "each" + place + "(" + all.Text + ")" },
            };
    }

    private Identity? OfProperty(IPropertyReferenceOperation property, int depth)
    {
        if (property.Property.Name is "Now" or "UtcNow" or "Today")
        {
            return null;
        }

        // Database => _multiplexer.GetDatabase(): the same as the call.
        bool isOwn = property.Instance is null or IInstanceReferenceOperation;
        if ((isOwn || isDatabase?.Invoke(property.Property.Type) == true) && getter?.Invoke(property.Property) is { } value && Of(value, depth) is { } identity)
        {
            return isOwn ? identity : Of(property.Instance!, depth) is { } receiver ? identity.On(receiver) : null;
        }

        return Member(property.Property, property.Instance, property.Arguments.As<IOperation>(), depth);
    }

    private Identity? Member(ISymbol member, IOperation? instance, ImmutableArray<IOperation> arguments, int depth)
    {
        string name = member is IPropertySymbol { Name: "Key", ContainingType.Name: "KeyValuePair" } ? PairKey : "." + (member.GetDocumentationCommentId() ?? member.Name);
        Identity? parts = instance is null ? Join(name, arguments, depth) : Join(name, arguments.Insert(0, instance), depth);
        return parts is null ? null : parts with { Symbols = parts.Symbols.Add(member) };
    }

    private Identity? OfCall(IInvocationOperation call, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method is { Name: "ToString" or "ConfigureAwait" } && call.Instance is { } self)
        {
            return Of(self, depth);
        }

        // Without arguments only a call that is named for what it gets answers the same twice.
        bool named = IsNamedForWhatItGets(method);
        if (method.ReturnsVoid || (call.Arguments.IsEmpty && !named) || IsFickle(method))
        {
            return null;
        }

        ImmutableArray<IOperation> parts = call.Arguments.As<IOperation>();
        return Join(method.Name, call.Instance is null ? parts : parts.Insert(0, call.Instance), depth);
    }

    /// <summary>Interpolation and concatenation alike are a row of parts, whose neighbouring constants are one.</summary>
    private Identity? OfText(IOperation text, int depth)
    {
        List<string> parts = [];
        ImmutableHashSet<ISymbol> symbols = Identity.NoSymbols;
        return !Collect(text) ? null : new(parts.Count == 1 ? parts[0] : Identity.Row + string.Join(Identity.Separator, parts), symbols);

        bool Collect(IOperation part)
        {
            switch (part)
            {
                case { ConstantValue: { HasValue: true, Value: var constant } }:
                    AddConstant(Convert.ToString(constant, CultureInfo.InvariantCulture) ?? "");
                    return true;
                case IConversionOperation { OperatorMethod: null } conversion:
                    return Collect(conversion.Operand);
                case IParenthesizedOperation parenthesized:
                    return Collect(parenthesized.Operand);
                case IInterpolatedStringOperation interpolated:
                    return interpolated.Parts.All(Collect);
                case IInterpolatedStringTextOperation literal:
                    return Collect(literal.Text);
                case IInterpolationOperation { Alignment: null } hole:
                    if (!Collect(hole.Expression))
                    {
                        return false;
                    }

                    if (hole.FormatString?.ConstantValue.Value is { } format)
                    {
                        parts.Add("format " + format);
                    }

                    return true;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                    return Collect(sum.LeftOperand) && Collect(sum.RightOperand);
                case ILocalReferenceOperation local when assignments.OnlyValue(local.Local) is IInterpolatedStringOperation or IBinaryOperation { Type.SpecialType: SpecialType.System_String }:
                    return Collect(assignments.OnlyValue(local.Local)!);
                default:
                    if (Of(part, depth) is not { } identity)
                    {
                        return false;
                    }

                    symbols = symbols.Union(identity.Symbols);
                    if (identity.Text.StartsWith("'", StringComparison.Ordinal))
                    {
                        AddConstant(identity.Text.Substring(1, identity.Text.Length - 2));
                    }
                    else
                    {
                        parts.Add(identity.Text);
                    }

                    return true;
            }
        }

        void AddConstant(string constant)
        {
            if (parts.Count > 0 && parts[parts.Count - 1].StartsWith("'", StringComparison.Ordinal))
            {
                parts[parts.Count - 1] = parts[parts.Count - 1].Substring(0, parts[parts.Count - 1].Length - 1) + constant + "'";
            }
            else
            {
                parts.Add("'" + constant + "'");
            }
        }
    }

    private Identity? Join<T>(string head, ImmutableArray<T> parts, int depth)
        where T : IOperation
    {
        List<string> texts = [];
        ImmutableHashSet<ISymbol> symbols = Identity.NoSymbols;
        foreach (T part in parts)
        {
            if (Of(part, depth) is not { } identity)
            {
                return null;
            }

            texts.Add(identity.Text);
            symbols = symbols.Union(identity.Symbols);
        }

        return new(head + "(" + string.Join(",", texts) + ")", symbols);
    }
}
