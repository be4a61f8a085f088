using System.Collections.Immutable;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What the outcome of a condition tells of the values of variables.</summary>
/// <param name="evaluator">Finds the values of expressions.</param>
/// <param name="assignments">Who writes and who reads the body's variables.</param>
/// <param name="captures">What the graph has captured.</param>
/// <param name="types">The framework's types.</param>
/// <param name="summaries">Tells what the members of the source are.</param>
/// <param name="isLastOfAll">Whether a label's value is the last of a switch that names all there is.</param>
internal sealed class BranchConditions(
    TimeEvaluator evaluator,
    DefUse assignments,
    FlowCaptures captures,
    WellKnownTypes types,
    Summaries summaries,
    Func<SyntaxNode, bool> isLastOfAll)
{
    /// <summary>How many conditions are looked into, each in the one before: a test that a local holds, the sides of a junction.</summary>
    private const int MaxNesting = 8;

    /// <summary>The numbers between which lies the bound that tells seconds since 1970 from milliseconds.</summary>
    private const double FirstBound = 1e9;

    private const double LastBound = 1e15;

    /// <summary>
    /// The framework's guards, with the comparison that makes them throw: of their first two arguments, or of the first with zero.
    /// </summary>
    private static readonly IReadOnlyList<(KnownMember Guard, BinaryOperatorKind Throwing)> Guards =
    [
        (KnownMember.ThrowIfEqual, BinaryOperatorKind.Equals),
        (KnownMember.ThrowIfLess, BinaryOperatorKind.LessThan),
        (KnownMember.ThrowIfNotMore, BinaryOperatorKind.LessThanOrEqual),
        (KnownMember.ThrowIfMore, BinaryOperatorKind.GreaterThan),
        (KnownMember.ThrowIfNotLess, BinaryOperatorKind.GreaterThanOrEqual),
    ];

    /// <summary>Takes a test of <c>x.Kind</c>, or for null, into account; answers false where the branch cannot be taken.</summary>
    public bool Refine(BodyState state, IOperation condition, bool isTrue) => Refine(state, condition, isTrue, MaxNesting);

    /// <summary>
    /// Takes into account that a call returns only if two of its arguments are equal, or one is true or false, or of a kind that its method
    /// looks at before all else. Answers false where it does not return.
    /// </summary>
    public bool RefineReturn(BodyState state, IInvocationOperation call)
    {
        if (types.Is(call.TargetMethod, KnownMember.ThrowIfNotEqual) && call.Arguments is [{ Value: { } one }, { Value: { } other }, ..])
        {
            return RefineKind(state, one, other, isEqual: true) && RefineKind(state, other, one, isEqual: true);
        }

        if (Throwing(call) is { } throwing)
        {
            return RefineLength(state, throwing, isTrue: false);
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Boolean } parameter &&
                !argument.Value.ConstantValue.HasValue && EndsAt(parameter) is { } end && !Refine(state, argument.Value, !end))
            {
                return false;
            }
        }

        return !call.TargetMethod.ReturnsVoid || !IsHandedTested(state, call) || RefineGuards(state, call);
    }

    private bool RefineGuards(BodyState state, IInvocationOperation call)
    {
        foreach (IOperation guard in summaries.GuardsOf(call.TargetMethod))
        {
            if (!RefineTest(state, call, guard, isTrue: false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>With which comparison one of the framework's guards does not return; null for any other call.</summary>
    private Comparison? Throwing(IInvocationOperation call)
    {
        if (!types.Is(call.TargetMethod.ContainingType, KnownType.ArgumentOutOfRangeException) || !call.TargetMethod.IsStatic)
        {
            return null;
        }

        ImmutableArray<IParameterSymbol> parameters = call.TargetMethod.Parameters;
        foreach ((KnownMember guard, BinaryOperatorKind throwing) in Guards)
        {
            if (types.Is(call.TargetMethod, guard) && call.Arguments.For(parameters[0]) is { Value: { } tested })
            {
                IOperation? bound = parameters.Length > 2 ? call.Arguments.For(parameters[1])?.Value : null;
                return new(tested, throwing, bound, call.Arguments.SelectMany(static argument => argument.Descendants()));
            }
        }

        return null;
    }

    /// <summary>Whether a call is handed what its method may look at before all else: an instant, or a length that is none.</summary>
    private bool IsHandedTested(BodyState state, IInvocationOperation call) => call.Arguments.Any(argument =>
        types.IsInstant(argument.Value.Type) ||
        (types.IsDuration(argument.Value.Type) && evaluator.Of(argument.Value, state).Any(static value => value.Length <= TimeSpan.Zero)));

    /// <summary>The value of a parameter with which its method does not return, as its attribute says.</summary>
    private bool? EndsAt(IParameterSymbol parameter)
    {
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            if (types.Is(attribute.AttributeClass, KnownType.DoesNotReturnIf) && attribute.ConstructorArguments is [{ Value: bool end }])
            {
                return end;
            }
        }

        return null;
    }

    private bool Refine(BodyState state, IOperation condition, bool isTrue, int depth)
    {
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            (condition, isTrue) = (not.Operand, !isTrue);
        }

        if (depth == 0)
        {
            return true;
        }

        switch (condition)
        {
            case ILocalReferenceOperation { Local: { } local }:
                return TestIn(local) is not { } held || Refine(state, held, isTrue, depth - 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when isTrue:
                return Refine(state, both.LeftOperand, isTrue, depth - 1) && Refine(state, both.RightOperand, isTrue, depth - 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !isTrue:
                return Refine(state, either.LeftOperand, isTrue, depth - 1) && Refine(state, either.RightOperand, isTrue, depth - 1);
            case IInvocationOperation call:
                return RefineCall(state, call, isTrue);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                bool isEqual = isTrue == (binary.OperatorKind == BinaryOperatorKind.Equals);
                return (isEqual || !isLastOfAll(binary.Syntax)) && RefineLength(state, Compared(binary), isTrue) &&
                    RefineKind(state, binary.LeftOperand, binary.RightOperand, isEqual) &&
                    RefineKind(state, binary.RightOperand, binary.LeftOperand, isEqual);
            case IBinaryOperation comparison when Comparisons.IsOrder(comparison.OperatorKind):
                return RefineLength(state, Compared(comparison), isTrue);
            case IIsNullOperation test when isTrue:
                return MayBeNull(state, test.Operand);
            case IIsNullOperation test:
                return WithoutNull(state, test.Operand);
            case IPropertyReferenceOperation { Instance: { } nullable } when types.IsUseOf(condition, KnownMember.HasValue):
                return !isTrue || WithoutNull(state, nullable);
            case IIsPatternOperation test:
                return RefinePattern(state, test.Value, test.Pattern, isTrue);
            default:
                return true;
        }
    }

    /// <summary>The test whose outcome a local holds, where nothing that was tested is another by now.</summary>
    private IOperation? TestIn(ILocalSymbol local) => local.Type.SpecialType == SpecialType.System_Boolean &&
        assignments.OnlyValue(local) is { } test &&
        test.DescendantsAndSelf().Take(FlowLimits.RefinedParts).All(part =>
            part is not (ILocalReferenceOperation or IParameterReferenceOperation) ||
            DefUse.SymbolOf(part) is not { } tested || !assignments.Outlives(local, tested))
            ? test
            : null;

    /// <summary>Takes a call into account that compares a kind: <c>Equals</c>, or a helper that is one comparison.</summary>
    private bool RefineCall(BodyState state, IInvocationOperation call, bool isTrue)
    {
        if (WellKnownTypes.IsEquals(call.TargetMethod))
        {
            IOperation? one = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
            IOperation? other = call.Arguments.LastOrDefault()?.Value;
            return one is null || other is null ||
                (RefineKind(state, one, other, isTrue) && RefineKind(state, other, one, isTrue) &&
                    RefineEqual(state, one, other, isTrue));
        }

        return !IsHandedTested(state, call) || summaries.ReturnOf(call.TargetMethod) is not { } test ||
            RefineTest(state, call, test, isTrue);
    }

    private bool IsTime(ITypeSymbol? type) => types.IsDuration(type) || types.IsInstant(type);

    /// <summary>Takes into account that two times are equal, or are not.</summary>
    private bool RefineEqual(BodyState state, IOperation one, IOperation other, bool isEqual) =>
        !IsTime(one.WithoutConversions().Type) || RefineLength(
            state,
            new(one, BinaryOperatorKind.Equals, other, one.DescendantsAndSelf().Concat(other.DescendantsAndSelf())),
            isEqual);

    /// <summary>Takes into account what a helper's comparison of a parameter, or of its kind, comes to.</summary>
    private bool RefineTest(BodyState state, IInvocationOperation call, IOperation test, bool isTrue)
    {
        if (test is not IBinaryOperation comparison)
        {
            return true;
        }

        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            return !Comparisons.IsOrder(comparison.OperatorKind) || RefineHandedLength(state, call, comparison, isTrue);
        }

        bool isEqual = isTrue == (comparison.OperatorKind == BinaryOperatorKind.Equals);
        return RefineHandedLength(state, call, comparison, isTrue) &&
            RefineHanded(state, call, comparison.LeftOperand, comparison.RightOperand, isEqual) &&
            RefineHanded(state, call, comparison.RightOperand, comparison.LeftOperand, isEqual);
    }

    /// <summary>Takes into account what a helper's comparison of lengths that it is handed comes to.</summary>
    private bool RefineHandedLength(BodyState state, IInvocationOperation call, IBinaryOperation test, bool isTrue)
    {
        BodyState inside = state.Clone();
        List<(Variable Parameter, IOperation Given)> handed = [];
        foreach (IOperation part in test.Descendants().Take(FlowLimits.RefinedParts))
        {
            if (part is IParameterReferenceOperation read && types.IsDuration(read.Type) &&
                call.Arguments.For(read.Parameter)?.Value.WithoutConversions() is { } given)
            {
                Variable parameter = new(read.Parameter, default);
                inside[parameter] = evaluator.Of(given, state);
                handed.Add((parameter, given));
            }
        }

        return handed.All(one => Variable.Of(one.Given) is not { } variable ||
            Keep(state, variable, evaluator.Of(one.Given, state), Compared(test), (inside.Clone(), one.Parameter), isTrue));
    }

    /// <summary>Takes into account what a helper finds of the kind of a parameter.</summary>
    private bool RefineHanded(BodyState state, IInvocationOperation call, IOperation tested, IOperation constant, bool isEqual)
    {
        IOperation? instant = types.ReceiverOf(tested.WithoutConversions(), KnownMember.Kind);
        IOperation? handed = (instant as IParameterReferenceOperation)?.Parameter is { } parameter
            ? call.Arguments.For(parameter)?.Value
            : null;
        return handed is null || Followed(handed) is not { } variable || RefineKind(state, variable, handed, constant, isEqual);
    }

    /// <summary>The comparison that an operation makes, be it of what <c>CompareTo</c> or <c>Compare</c> answers with zero.</summary>
    private Comparison Compared(IBinaryOperation binary)
    {
        (IOperation left, BinaryOperatorKind kind, IOperation right) = (binary.LeftOperand, binary.OperatorKind, binary.RightOperand);
        if (IsZero(left))
        {
            (left, kind, right) = (right, Comparisons.Mirrored(kind), left);
        }

        (left, right) = IsZero(right) && OrderedBy(left) is { } ordered ? ordered : (left, right);
        return new(left, kind, right, binary.Descendants());

        static bool IsZero(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: 0 };
    }

    /// <summary>What a call puts in order: negative where the first is less.</summary>
    private (IOperation First, IOperation Second)? OrderedBy(IOperation operation)
    {
        ImmutableArray<IArgumentOperation> arguments =
            (operation as IInvocationOperation)?.Arguments ?? ImmutableArray<IArgumentOperation>.Empty;
        if (arguments.Length == 1 && types.ReceiverOf(operation, KnownMember.CompareTo) is { } first)
        {
            return (first, arguments[0].Value);
        }

        return arguments.Length == 2 && types.IsUseOf(operation, KnownMember.Compare) ? (arguments[0].Value, arguments[1].Value) : null;
    }

    /// <summary>Takes a comparison of durations or numbers into account: constants that fail it do not come this way.</summary>
    private bool RefineLength(BodyState state, Comparison comparison, bool isTrue)
    {
        foreach (IOperation part in comparison.Parts.Take(FlowLimits.RefinedParts))
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation &&
                Variable.Of(part) is { } variable &&
                !Keep(state, variable, evaluator.Of(part, state), comparison, (state.Clone(), variable), isTrue))
            {
                return false;
            }
        }

        if (TellsUnit(comparison, state))
        {
            ForgetUnits(comparison, state);
        }

        return Holds(comparison, state) is not { } known || known == isTrue;
    }

    /// <summary>
    /// Whether a comparison asks a number for its unit: one so large is the time in milliseconds, and a smaller one that in seconds.
    /// </summary>
    private bool TellsUnit(Comparison comparison, BodyState state)
    {
        return IsBound(comparison.Left) || (comparison.Right is { } right && IsBound(right));

        // The ends of a type's numbers, and what a span counts, are bounds of other things.
        bool IsBound(IOperation side) => evaluator.Of(side, state).Number is >= FirstBound and <= LastBound and
            not (int.MaxValue or uint.MaxValue or TimeSpan.TicksPerHour or TimeSpan.TicksPerDay);
    }

    /// <summary>Of the numbers that are compared, be they in variables or members, the names tell no unit from here on.</summary>
    private void ForgetUnits(Comparison comparison, BodyState state)
    {
        foreach (IOperation part in comparison.Parts.Take(FlowLimits.RefinedParts))
        {
            if (IsNumber(part.Type) && Followed(part) is { } variable)
            {
                state[variable] = evaluator.Of(part, state).Select(TimeArithmetic.OfAnyUnit);
            }
        }

        static bool IsNumber(ITypeSymbol? type) =>
            WellKnownTypes.Bare(type)?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
    }

    /// <summary>Leaves a variable those of its values with which a comparison comes out so; answers false where that is none.</summary>
    private bool Keep(
        BodyState state,
        Variable variable,
        TimeValues values,
        Comparison comparison,
        (BodyState State, Variable Variable) trial,
        bool isTrue)
    {
        TimeValues? left = null;
        foreach (TimeValue value in values.Alternatives)
        {
            trial.State[trial.Variable] = value;
            if (value.Shape is TimeShape.Instant or TimeShape.Null)
            {
                bool isRuledOut = value.Origin == Origin.Minimum && HoldsOfInstants(comparison, trial.State) == !isTrue;
                TimeValue looked = value.Parameter is null ? value : value with { IsTested = true };
                left = isRuledOut ? left : left is null ? looked : left.Join(looked);
                continue;
            }

            if (Holds(comparison, trial.State) is var holds && (holds is null || holds == isTrue))
            {
                // A length that is handed in, and compared with one that is not known, need not come this way.
                bool isOpen = holds is null && value.Parameter is not null;
                TimeValue tested = value with { IsTested = true, Constant = isOpen ? null : value.Constant };
                left = left is null ? tested : left.Join(tested);
            }
        }

        if (left is not null && (!values.Equals(TimeValues.Unknown) || values.Any(static value => value.Parameter is not null)))
        {
            state[variable] = left;
        }

        return left is not null;
    }

    /// <summary>
    /// The outcome of a comparison with the first instant there is, which stands for none: other known ones are later. Null where it is not
    /// known.
    /// </summary>
    private bool? HoldsOfInstants(Comparison comparison, BodyState state)
    {
        int? first = Rank(evaluator.Of(comparison.Left, state));
        int? second = comparison.Right is null ? null : Rank(evaluator.Of(comparison.Right, state));
        return first is { } left && second is { } right && (left == 0 || right == 0)
            ? Comparisons.Holds(comparison.Kind, left, right)
            : null;

        static int? Rank(TimeValues values) =>
            !values.All(static value => value.Shape == TimeShape.Instant && value.Origin != Origin.Unknown) ? null
            : values.All(static value => value.Origin == Origin.Minimum) ? 0
            : values.Any(static value => value.Origin == Origin.Minimum) ? null
            : 1;
    }

    /// <summary>The outcome of a comparison of constants; null where it is not known.</summary>
    private bool? Holds(Comparison comparison, BodyState state)
    {
        return Constant(evaluator.Of(comparison.Left, state)) is { } left &&
            (comparison.Right is null ? 0 : Constant(evaluator.Of(comparison.Right, state))) is { } right
            ? Comparisons.Holds(comparison.Kind, left, right)
            : null;
    }

    private static double? Constant(TimeValues values) =>
        values.Alternatives is [{ Shape: TimeShape.Duration or TimeShape.Count, IsEpoch: false } only] ? only.Constant : null;

    /// <summary>Whether null may arrive here. Of a variable that was given values since it was made, those tell.</summary>
    private bool MayBeNull(BodyState state, IOperation tested)
    {
        for (int step = 0;
            step < 2 && tested is IFlowCaptureReferenceOperation capture && captures.Of(capture) is { } captured;
            step++)
        {
            // Of x ??= y the graph captures the variable, and then its value.
            tested = captured;
        }

        // What a using ends is tested for null even where it was just made.
        bool isMade = (tested is ILocalReferenceOperation { Local: { } used }
            ? assignments.OnlyValue(used)
            : tested) is IObjectCreationOperation;
        return !isMade &&
            (tested is not ILocalReferenceOperation { Local: { } local } || assignments.Writes(local) < 2 || assignments.IsShared(local) ||
            state[new(local, default)] is not { } values || values.Any(static value => value.Shape == TimeShape.Null));
    }

    private bool WithoutNull(BodyState state, IOperation tested)
    {
        if (Variable.Of(tested) is not { } variable || state[variable] is not { } values)
        {
            return true;
        }

        TimeValues? left = values.Where(value => value.Shape != TimeShape.Null);
        state[variable] = left ?? values;
        return left is not null;
    }

    /// <summary>Takes a pattern into account that looks at a kind, or at the kind of what it looks at.</summary>
    private bool RefinePattern(BodyState state, IOperation tested, IPatternOperation pattern, bool isTrue)
    {
        while (pattern is INegatedPatternOperation negated)
        {
            (pattern, isTrue) = (negated.Pattern, !isTrue);
        }

        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return RefineKind(state, tested, constant.Value, isTrue) && RefineBy(state, tested, tested, constant, isTrue);
            case IRelationalPatternOperation relational:
                return RefineBy(state, tested, tested, relational, isTrue);
            case IBinaryPatternOperation { OperatorKind: var kind } both when isTrue == (kind == BinaryOperatorKind.And):
                return RefinePattern(state, tested, both.LeftPattern, isTrue) && RefinePattern(state, tested, both.RightPattern, isTrue);
            case IBinaryPatternOperation either:
                BodyState other = state.Clone();
                bool isLeft = RefinePattern(state, tested, either.LeftPattern, isTrue);
                bool isRight = RefinePattern(other, tested, either.RightPattern, isTrue);
                Join(state, isLeft, other, isRight);
                return isLeft || isRight;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive
                when isTrue || recursive.PropertySubpatterns.Length == 1:
                return RefineParts(state, Followed(Behind(tested)), tested, recursive, isTrue) &&
                    RefineName(state, tested, recursive, isTrue);
            case IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns: { IsEmpty: false } parts }
                when isTrue && Behind(tested) is ITupleOperation { Elements: { } elements } && elements.Length == parts.Length:
                return Enumerable.Range(0, parts.Length).All(i => RefinePattern(state, elements[i], parts[i], isTrue));
            default:
                return true;
        }
    }

    /// <summary>Takes a pattern into account that compares a length or a number with a constant.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="compared">What the pattern looks at: what is tested, or a member of it.</param>
    /// <param name="tested">What is tested.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isTrue">Whether it fits.</param>
    private bool RefineBy(BodyState state, IOperation compared, IOperation tested, IPatternOperation pattern, bool isTrue)
    {
        (BinaryOperatorKind Kind, IOperation Bound)? comparison = pattern switch
        {
            IRelationalPatternOperation relational => (relational.OperatorKind, relational.Value),
            IConstantPatternOperation { Value: { ConstantValue: { HasValue: true, Value: not null } } constant } =>
                (BinaryOperatorKind.Equals, constant),
            _ => null,
        };
        return comparison is not var (kind, bound) ||
            RefineLength(state, new(compared, kind, bound, tested.DescendantsAndSelf()), isTrue);
    }

    /// <summary>A length that a pattern gives a name is under it what is left of it.</summary>
    private bool RefineName(BodyState state, IOperation tested, IRecursivePatternOperation pattern, bool isTrue)
    {
        if (isTrue && pattern.DeclaredSymbol is { } name && types.IsDuration(tested.Type))
        {
            // What is held by no variable was not told apart by the pattern's parts.
            TimeValues values = evaluator.Of(tested, state);
            values = pattern.PropertySubpatterns.IsEmpty || Followed(Behind(tested)) is not null ? values
                : values.Select(TimeArithmetic.IfOfAnyLength);
            state[new(name, default)] = values.Where(static value => value.Shape != TimeShape.Null) ?? values;
        }

        return true;
    }

    /// <summary>The state of one of two branches.</summary>
    private static void Join(BodyState state, bool isReached, BodyState other, bool isOtherReached)
    {
        if (!isReached)
        {
            state.Become(other);
        }
        else if (isOtherReached)
        {
            state.Join(other);
        }
    }

    /// <summary>Takes the parts of a pattern into account, for what was tested and for the name that the pattern gives it.</summary>
    private bool RefineParts(BodyState state, Variable? variable, IOperation tested, IRecursivePatternOperation pattern, bool isTrue)
    {
        Variable? named = isTrue && pattern.DeclaredSymbol is { } symbol ? new(symbol, default) : null;
        return pattern.PropertySubpatterns.All(part => RefineMember(state, variable, tested, (part.Member, part.Pattern), isTrue)) &&
            (named is null ||
                pattern.PropertySubpatterns.All(part => RefineMember(state, named, tested, (part.Member, part.Pattern), isTrue)));
    }

    /// <summary>
    /// Takes a part of a pattern into account: <c>Kind: DateTimeKind.Utc</c>, <c>Until: { Kind: ... }</c>, <c>Ticks: &gt; 0</c>.
    /// </summary>
    private bool RefineMember(
        BodyState state,
        Variable? variable,
        IOperation tested,
        (IOperation Member, IPatternOperation Pattern) part,
        bool isTrue)
    {
        (IOperation member, IPatternOperation pattern) = part;
        while (pattern is INegatedPatternOperation negated)
        {
            (pattern, isTrue) = (negated.Pattern, !isTrue);
        }

        return (variable, pattern) switch
        {
            ({ } known, IConstantPatternOperation constant) when types.IsUseOf(member, KnownMember.Kind) =>
                RefineKind(state, known, tested, constant.Value, isTrue),
            (_, IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } inner)
                when member is IMemberReferenceOperation { Member: { } named } && (isTrue || inner.PropertySubpatterns.Length == 1) =>
                RefineParts(state, variable?.Member(named.Name), tested, inner, isTrue),
            (_, IBinaryPatternOperation both) when isTrue == (both.OperatorKind == BinaryOperatorKind.And) =>
                RefineMember(state, variable, tested, (member, both.LeftPattern), isTrue) &&
                RefineMember(state, variable, tested, (member, both.RightPattern), isTrue),
            _ => RefineBy(state, member, tested, pattern, isTrue),
        };
    }

    private bool RefineKind(BodyState state, IOperation tested, IOperation constant, bool isEqual) =>
        types.ReceiverOf(Behind(tested).WithoutConversions(), KnownMember.Kind) is not { } instance ||
        Followed(instance) is not { } variable ||
        RefineKind(state, variable, instance, constant, isEqual);

    /// <summary>Takes into account whether a variable's kind is the one that a constant says.</summary>
    private bool RefineKind(BodyState state, Variable variable, IOperation instance, IOperation constant, bool isEqual)
    {
        if (constant.WithoutConversions().ConstantValue is not { HasValue: true, Value: int kind })
        {
            return true;
        }

        TimeKind mask = (DateTimeKind)kind switch
        {
            DateTimeKind.Utc => TimeKind.Utc,
            DateTimeKind.Local => TimeKind.Local,
            _ => TimeKind.Unspecified,
        };
        TimeValues values = state[variable] ?? (variable.Path is null ? evaluator.Of(instance, state) : TimeValues.Unknown);
        TimeValues? left = values.Where(value => isEqual ? (value.Kind & (mask | TimeKind.Unknown)) != 0 : (value.Kind & ~mask) != 0);
        if (left is null)
        {
            return false;
        }

        state[variable] = left.Select(value => isEqual
            ? value with { Shape = TimeShape.Instant, Kind = mask, Source = value.Source ?? instance, Parameter = null, Moved = null }
            : value with
            {
                Kind = Without(value, mask),
                RuledOut = value.RuledOut | mask,
                Parameter = null,
                Moved = null,
            });
        return true;
    }

    /// <summary>The kinds that are left. That one is not UTC is, alone, no proof of what it is.</summary>
    private static TimeKind Without(TimeValue value, TimeKind mask)
    {
        TimeKind ruledOut = value.RuledOut | mask;
        return value.Kind != TimeKind.Unknown ? value.Kind & ~mask
            : ruledOut == TimeKind.Utc ? value.Kind
            : (TimeKind.Utc | TimeKind.Local | TimeKind.Unspecified) & ~ruledOut;
    }

    /// <summary>What a capture of the graph stands for.</summary>
    private IOperation Behind(IOperation tested) =>
        tested is IFlowCaptureReferenceOperation capture ? captures.Of(capture) ?? tested : tested;

    /// <summary>The variable that holds the tested instant: <c>x</c> of <c>x</c> and of <c>x.Value</c>, also a member of one.</summary>
    private Variable? Followed(IOperation instance)
    {
        IOperation bare = types.ReceiverOf(instance, KnownMember.NullableValue) ??
            types.ReceiverOf(instance, KnownMember.GetValueOrDefault) ?? instance;

        // Of what the graph captures to look at it twice, the variable behind it counts.
        IOperation captured = Behind(bare);
        bare = captured is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation ? captured : bare;
        return Variable.Of(bare) ?? Variable.OfMember(bare);
    }

    /// <summary>Two lengths or numbers that are compared; without a second one the first is compared with zero.</summary>
    /// <param name="Left">The first.</param>
    /// <param name="Kind">How they are compared.</param>
    /// <param name="Right">The second.</param>
    /// <param name="Parts">All that they are made of.</param>
    private sealed record Comparison(IOperation Left, BinaryOperatorKind Kind, IOperation? Right, IEnumerable<IOperation> Parts);
}
