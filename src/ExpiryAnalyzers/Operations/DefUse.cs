using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>Who writes and who reads the locals and parameters of one body, nested functions included.</summary>
internal sealed class DefUse
{
    private readonly Functions? _functions;
    private SmallMap<ISymbol, Uses> _uses = new(SymbolEqualityComparer.Default);
    private HashSet<ISymbol>? _shared;

    /// <param name="operations">The operations, in source order.</param>
    /// <param name="functions">The functions among them; null where only variables matter.</param>
    public DefUse(IEnumerable<IOperation> operations, Functions? functions = null)
    {
        _functions = functions;
        foreach (IOperation operation in operations)
        {
            AddAliases(operation);
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                    Write(declarator.Symbol, initializer.Value);
                    break;
                case ISimpleAssignmentOperation { IsRef: false } assignment:
                    Write(assignment.Target, assignment.Value);
                    break;
                case ICompoundAssignmentOperation or ICoalesceAssignmentOperation:
                    Write(((IAssignmentOperation)operation).Target, null);
                    break;
                case IIncrementOrDecrementOperation increment:
                    Write(increment.Target, null);
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
                    {
                        Write(target, null);
                    }

                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                    Write(argument.Value, null);
                    break;
                case IForEachLoopOperation loop:
                    foreach (ILocalSymbol local in loop.Locals)
                    {
                        Write(local, null);
                    }

                    AddElements(loop);
                    break;
                case IAnonymousFunctionOperation { Symbol.Parameters: [{ } element, ..] } function
                    when function.CallHandedTo() is { } call && NameHints.Elements.Fits(call.TargetMethod.Name) &&
                        (call.Instance ?? call.Arguments[0].Value) is { } collection:
                    UsesOf(element).Element = (collection, -1);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                    Write(declared, null);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                    Write(declared, null);
                    break;
            }

            if (operation is ILocalReferenceOperation or IParameterReferenceOperation && SymbolOf(operation) is { } symbol)
            {
                Uses uses = UsesOf(symbol);
                (IsOnlyWritten(operation) ? uses.Targets ??= [] : uses.Reads ??= []).Add(operation);
            }
        }

        functions?.Propagate(operations, _shared ??= new(SymbolEqualityComparer.Default));
    }

    /// <summary>
    /// The collection that a loop variable, or the parameter of a lambda that runs for each element, takes its value from, and which part
    /// of an element it is.
    /// </summary>
    public (IOperation Collection, int Place)? ElementOf(ISymbol variable) => KnownOf(variable)?.Element;

    /// <summary>
    /// The value of a variable that is written exactly once; null where it is written otherwise, or by more than an expression.
    /// </summary>
    public IOperation? OnlyValue(ISymbol variable) =>
        KnownOf(variable) is { Values: [var value], IsAliased: false } ? value : null;

    /// <summary>Whether a variable may be written by another name, so that nothing is known of its value.</summary>
    public bool IsAliased(ISymbol variable) => KnownOf(variable)?.IsAliased == true;

    /// <summary>Whether a variable that is written once may still be read when a part of what it was given is another.</summary>
    public bool Outlives(ISymbol variable, ISymbol part)
    {
        if (OnlyValue(variable) is not { } value || KnownOf(part)?.WrittenAt is not { } writes ||
            Writes(part) <= (part is ILocalSymbol ? 1 : 0))
        {
            return false;
        }

        if (IsShared(part))
        {
            return true;
        }

        writes.Sort();
        int made = value.Syntax.Span.End;
        HashSet<IOperation> seen = [];
        foreach (IOperation read in Reads(variable))
        {
            if (IsWrittenWithin(writes, made, read.Syntax.SpanStart))
            {
                return true;
            }

            // In a loop that does not make the variable anew, what is written behind the read comes before the next one.
            for (IOperation? around = read.Parent;
                around is not null && !around.Syntax.Span.Contains(made - 1) && seen.Add(around);
                around = around.Parent)
            {
                if (around is ILoopOperation && IsWrittenWithin(writes, around.Syntax.SpanStart, around.Syntax.Span.End))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsWrittenWithin(List<int> writes, int start, int end)
    {
        int first = Sorted.FirstFrom(writes, start);
        return first < writes.Count && writes[first] < end;
    }

    /// <summary>Whether a lambda or local function writes a variable of the function around it, so that no order tells its value.</summary>
    public bool IsShared(ISymbol variable) => _shared?.Contains(variable) == true;

    /// <summary>
    /// Whether a loop adds to a variable that is declared outside of it, so that what it is first given is only the start of a sum.
    /// </summary>
    public bool IsSummed(ISymbol variable)
    {
        if (Writes(variable) < 2)
        {
            return false;
        }

        return UsesOf(variable).IsSummed ??= Reads(variable).Any(read => IsAddedToInLoop(read, variable));
    }

    private static bool IsAddedToInLoop(IOperation read, ISymbol variable)
    {
        int declared = variable.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0;
        bool isAddedTo = false;
        for (IOperation? around = read.Parent; around is not (null or IAnonymousFunctionOperation); around = around.Parent)
        {
            isAddedTo |= TargetOf(around) is { } target && SymbolEqualityComparer.Default.Equals(SymbolOf(target), variable);
            if (around is ILoopOperation && !around.Syntax.Span.Contains(declared))
            {
                return isAddedTo;
            }
        }

        return false;
    }

    /// <summary>How often the body writes a variable; a parameter's arrival is not counted.</summary>
    public int Writes(ISymbol variable) => KnownOf(variable)?.Values?.Count ?? 0;

    /// <summary>The values that the body gives a variable; null for a write that is no plain assignment.</summary>
    public IReadOnlyList<IOperation?> ValuesOf(ISymbol variable) => (IReadOnlyList<IOperation?>?)KnownOf(variable)?.Values ?? [];

    /// <summary>The places where the body reads a variable.</summary>
    public IReadOnlyList<IOperation> Reads(ISymbol variable) => (IReadOnlyList<IOperation>?)KnownOf(variable)?.Reads ?? [];

    /// <summary>The places where the body names a variable, be it to read or to write it.</summary>
    public IEnumerable<IOperation> References(ISymbol variable) =>
        KnownOf(variable)?.Targets is { } targets ? Reads(variable).Concat(targets) : Reads(variable);

    /// <summary>The local, parameter, field or property that an expression names.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IDeclarationExpressionOperation declaration => SymbolOf(declaration.Expression),
        _ => null,
    };

    /// <summary>What an operation writes to; null where it is no write, or one of several targets.</summary>
    public static IOperation? TargetOf(IOperation operation) => operation switch
    {
        IAssignmentOperation and not IDeconstructionAssignmentOperation => ((IAssignmentOperation)operation).Target,
        IIncrementOrDecrementOperation increment => increment.Target,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
        IFieldReferenceOperation or IPropertyReferenceOperation when operation.Parent is ITupleOperation tuple && IsDeconstructed(tuple) =>
            operation,
        _ => null,
    };

    /// <summary>Whether a property is written where it stands.</summary>
    public static bool IsTarget(IOperation reference) => reference.Parent is { } parent && ReferenceEquals(TargetOf(parent), reference);

    private static bool IsDeconstructed(IOperation tuple)
    {
        IOperation whole = tuple;
        while (whole.Parent is ITupleOperation around)
        {
            whole = around;
        }

        return whole.Parent is IDeconstructionAssignmentOperation assignment && ReferenceEquals(assignment.Target, whole);
    }

    private void AddElements(IForEachLoopOperation loop)
    {
        IOperation control = loop.LoopControlVariable is IDeclarationExpressionOperation declaration
            ? declaration.Expression
            : loop.LoopControlVariable;
        if (control is IVariableDeclaratorOperation { Symbol: { } variable })
        {
            UsesOf(variable).Element = (loop.Collection, -1);
        }
        else if (control is ITupleOperation tuple)
        {
            for (int i = 0; i < tuple.Elements.Length; i++)
            {
                if (SymbolOf(tuple.Elements[i]) is { } part)
                {
                    UsesOf(part).Element = (loop.Collection, i);
                }
            }
        }
    }

    private static bool IsOnlyWritten(IOperation reference) =>
        (reference.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference)) ||
        reference.Parent is IDeclarationExpressionOperation ||
        reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out };

    private void AddAliases(IOperation operation)
    {
        IEnumerable<IOperation>? named = operation switch
        {
            IVariableDeclaratorOperation { Symbol.IsRef: true } declarator => declarator.GetVariableInitializer()?.DescendantsAndSelf(),
            ISimpleAssignmentOperation { IsRef: true } assignment => assignment.DescendantsAndSelf(),
            IConditionalOperation { IsRef: true } choice => choice.DescendantsAndSelf(),
            IAddressOfOperation address => address.DescendantsAndSelf(),
            _ => null,
        };
        if (named is null)
        {
            return;
        }

        foreach (IOperation name in named)
        {
            if (SymbolOf(name) is ILocalSymbol or IParameterSymbol)
            {
                UsesOf(SymbolOf(name)!).IsAliased = true;
            }
        }

        if (operation is IVariableDeclaratorOperation { Symbol: { } second })
        {
            UsesOf(second).IsAliased = true;
        }
    }

    private void Write(IOperation target, IOperation? value)
    {
        if (SymbolOf(target) is { } symbol)
        {
            Write(symbol, value);
            (UsesOf(symbol).WrittenAt ??= []).Add(target.Syntax.SpanStart);
            bool isMade = target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation made } &&
                made.ReferenceKind == InstanceReferenceKind.ImplicitReceiver;
            if (_functions is not null && !isMade)
            {
                Share(symbol, _functions.Of(target));
            }
        }
    }

    /// <summary>Notes a write in a function that does not declare the variable.</summary>
    private void Share(ISymbol symbol, Function writer)
    {
        if (writer.Symbol is not null && writer.IsOuter(symbol))
        {
            (_shared ??= new(SymbolEqualityComparer.Default)).Add(symbol);
            writer.Writes.Add(symbol);
        }
    }

    private void Write(ISymbol symbol, IOperation? value) => (UsesOf(symbol).Values ??= []).Add(value);

    private Uses? KnownOf(ISymbol symbol) => _uses.TryGetValue(symbol, out Uses? uses) ? uses : null;

    private Uses UsesOf(ISymbol symbol)
    {
        if (!_uses.TryGetValue(symbol, out Uses? uses))
        {
            _uses[symbol] = uses = new();
        }

        return uses;
    }

    /// <summary>What the body does with one variable, or of a member where it writes it.</summary>
    private sealed class Uses
    {
        /// <summary>What it is given; null for a write that is no plain assignment.</summary>
        public List<IOperation?>? Values { get; set; }

        /// <summary>Where it is written, declarations left out.</summary>
        public List<int>? WrittenAt { get; set; }

        public List<IOperation>? Reads { get; set; }

        public List<IOperation>? Targets { get; set; }

        /// <summary>The collection that it goes through.</summary>
        public (IOperation Collection, int Place)? Element { get; set; }

        /// <summary>Whether it has a second name by which it may be written: through a <c>ref</c> or a pointer.</summary>
        public bool IsAliased { get; set; }

        public bool? IsSummed { get; set; }
    }
}
