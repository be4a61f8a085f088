namespace ExpiryAnalyzers.Flow;

/// <summary>The nodes that wait for a visit: what comes first in the code is visited first. A heap without doubles.</summary>
/// <param name="blocks">How many blocks the graph has; a node's block is its number by this modulus.</param>
internal sealed class BlockQueue(int blocks)
{
    private readonly List<int> _heap = [];
    private readonly bool[] _areWaiting = new bool[blocks];

    /// <summary>Those of the nodes behind the first of each block.</summary>
    private HashSet<int>? _waiting;

    public int Count => _heap.Count;

    public void Add(int node)
    {
        if (node >= blocks ? !(_waiting ??= []).Add(node) : _areWaiting[node])
        {
            return;
        }

        if (node < blocks)
        {
            _areWaiting[node] = true;
        }

        int place = _heap.Count;
        _heap.Add(node);
        while (place > 0 && IsBefore(node, _heap[(place - 1) / 2]))
        {
            _heap[place] = _heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _heap[place] = node;
    }

    public int Take()
    {
        int first = _heap[0];
        int last = _heap[_heap.Count - 1];
        _heap.RemoveAt(_heap.Count - 1);
        if (first < blocks)
        {
            _areWaiting[first] = false;
        }
        else
        {
            _waiting?.Remove(first);
        }

        int place = 0;
        for (int child = 1; child < _heap.Count; child = (2 * place) + 1)
        {
            if (child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], last))
            {
                break;
            }

            _heap[place] = _heap[child];
            place = child;
        }

        if (_heap.Count > 0)
        {
            _heap[place] = last;
        }

        return first;
    }

    private bool IsBefore(int left, int right)
    {
        int byBlock = (left % blocks) - (right % blocks);
        return byBlock != 0 ? byBlock < 0 : left < right;
    }
}
