using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Analysis;

/// <summary>Something known of several places together. The default value knows nothing.</summary>
/// <typeparam name="T">The type itself.</typeparam>
internal interface IJoined<T>
{
    T Join(T other);
}

/// <summary>
/// What is known of the places that may run in one go with a given one: neither stands in another branch of a choice, and the first does
/// not leave before the second. Told for all places at once, along the operations around them, so that n places cost n steps.
/// </summary>
/// <typeparam name="T">What is known of a place.</typeparam>
internal sealed class RunTogether<T>
    where T : struct, IJoined<T>
{
    private readonly IOperation _root;
    private readonly TextSpan _hull;
    private readonly Dictionary<IOperation, Node> _nodes = [];
    private readonly List<Node> _tops = [];
    private readonly Slot[] _places;

    /// <param name="root">The operation of the whole body.</param>
    /// <param name="places">The places, each with what is known of it.</param>
    public RunTogether(IOperation root, IReadOnlyList<(IOperation Place, T Known)> places)
    {
        _root = root;
        _places = [.. places.Select(static place => new Slot(place.Place, place.Known))];
        if (places.Count == 0)
        {
            return;
        }

        _hull = TextSpan.FromBounds(
            places.Min(static place => place.Place.Syntax.SpanStart), places.Max(static place => place.Place.Syntax.Span.End));
        foreach (Slot slot in _places.OrderBy(static slot => slot.Operation.Syntax.SpanStart)
            .ThenByDescending(static slot => slot.Operation.Syntax.Span.End))
        {
            Hang(slot);
        }

        // Where no one operation was found around all, they are looked for further out.
        Node[] open = [.. _tops.Where(static top => !top.IsFunction)];
        if (open.Length > 1)
        {
            _tops.RemoveAll(static top => !top.IsFunction);
            foreach (Node top in open)
            {
                Hang(top, isWhole: true);
            }
        }

        Tell();
    }

    /// <summary>What is known of the places before one.</summary>
    public T Before(int place) => _places[place].Before;

    /// <summary>What is known of the places behind one.</summary>
    public T After(int place) => _places[place].After;

    /// <summary>What is known of those places behind one that certainly run once it has run, if the code goes on.</summary>
    public T Following(int place) => _places[place].Following;

    private void Hang(Slot slot, bool isWhole = false)
    {
        while (slot.Operation.Parent is { } parent && !ReferenceEquals(slot.Operation, _root))
        {
            bool isNew = !_nodes.TryGetValue(parent, out Node? node);
            if (isNew)
            {
                _nodes[parent] = node = new(parent);
            }

            node!.Slots.Add(slot);
            bool isTop = node.IsFunction || ReferenceEquals(parent, _root) || (!isWhole && parent.Syntax.Span.Contains(_hull));
            if (isNew && isTop)
            {
                _tops.Add(node);
            }

            if (isTop || !isNew)
            {
                return;
            }

            slot = node;
        }
    }

    /// <summary>From the inside out what each operation holds, then from the outside in what each place sees.</summary>
    private void Tell()
    {
        List<Node> nodes = [];
        Stack<Node> open = new(_tops);
        while (open.Count > 0)
        {
            Node node = open.Pop();
            nodes.Add(node);
            foreach (Slot slot in node.Slots)
            {
                if (slot is Node inner)
                {
                    open.Push(inner);
                }
            }
        }

        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            nodes[i].Collect();
        }

        foreach (Node node in nodes)
        {
            node.Spread();
        }
    }

    /// <summary>A place, or an operation that holds some.</summary>
    private class Slot(IOperation operation, T known)
    {
        public IOperation Operation { get; } = operation;

        /// <summary>What is known of all places.</summary>
        public T All { get; protected set; } = known;

        /// <summary>What is known of the places behind which the code goes on.</summary>
        public T Outgoing { get; protected set; } = known;

        /// <summary>What is known of the places that run whenever the operation does.</summary>
        public T Certain { get; protected set; } = known;

        public T Before { get; set; }

        public T After { get; set; }

        public T Following { get; set; }
    }

    private sealed class Node(IOperation operation) : Slot(operation, default)
    {
        public List<Slot> Slots { get; } = [];

        public bool IsFunction => Operation is IAnonymousFunctionOperation or ILocalFunctionOperation;

        /// <summary>Whether code behind the operation does not run once it has.</summary>
        private bool Leaves => Operation is
            IBlockOperation { Operations: [.., IReturnOperation or IThrowOperation or IBranchOperation] } or IReturnOperation or
            IThrowOperation;

        /// <summary>Whether parts of the operation may be left out.</summary>
        private bool IsChoice => Operation is
            IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or ICoalesceOperation or
            ICatchClauseOperation;

        public void Collect()
        {
            foreach (Slot slot in Slots)
            {
                All = All.Join(slot.All);
                Outgoing = Leaves ? default : Outgoing.Join(slot.Outgoing);
                Certain = IsChoice ? default : Certain.Join(slot.Certain);
            }
        }

        public void Spread()
        {
            T before = Before;
            foreach (Slot slot in Slots)
            {
                slot.Before = before;
                before = GoesOn(slot) ? before.Join(slot.Outgoing) : before;
            }

            (T after, T following) = Leaves ? default : (After, Following);
            T later = default;
            T certain = default;
            for (int i = Slots.Count - 1; i >= 0; i--)
            {
                Slot slot = Slots[i];
                slot.After = GoesOn(slot) ? after.Join(later) : after;
                slot.Following = GoesOn(slot) ? following.Join(certain) : following;
                later = later.Join(slot.All);
                certain = certain.Join(slot.Certain);
            }
        }

        /// <summary>Whether further parts of the operation run behind one.</summary>
        private bool GoesOn(Slot slot) => Operation switch
        {
            IConditionalOperation conditional => ReferenceEquals(slot.Operation, conditional.Condition),
            ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation => false,
            _ => true,
        };
    }
}
