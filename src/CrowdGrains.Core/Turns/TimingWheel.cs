namespace CrowdGrains.Core.Turns;

/// <summary>
/// What is due when, in milliseconds: items come out by time, and those of one millisecond in the order they went in.
/// A hierarchical timing wheel (Varghese and Lauck 1987): adding and taking cost the same however many items wait.
/// Three levels of 4096 slots reach more than a year ahead.
/// </summary>
public sealed class TimingWheel<T>
    where T : struct
{
    private const int Bits = 12;
    private const int Slots = 1 << Bits;
    private const int Mask = Slots - 1;
    private const int Levels = 3;
    private const int None = -1;
    private const long MaxAhead = 1L << (Bits * Levels - 1);

    private readonly int[][] _heads = new int[Levels][];
    private readonly int[][] _tails = new int[Levels][];
    private Node[] _nodes = new Node[1024];
    private int _free = None;
    private int _used;
    private int _near;

    public TimingWheel(long start)
    {
        Now = start;
        for (int level = 0; level < Levels; level++)
        {
            _heads[level] = new int[Slots];
            _tails[level] = new int[Slots];
            Array.Fill(_heads[level], None);
        }
    }

    /// <summary>How far the wheel has turned: the time of the last item taken, or later.</summary>
    public long Now { get; private set; }

    public int Count { get; private set; }

    /// <summary>Adds an item. What is due in the past comes out next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Due more than a year ahead.</exception>
    public void Add(long due, in T item)
    {
        if (due - Now > MaxAhead)
        {
            throw new ArgumentOutOfRangeException(nameof(due), due, "must be within a year");
        }

        int node = Allocate();
        _nodes[node] = new Node(Math.Max(due, Now), None, item);
        Insert(node);
        Count++;
    }

    /// <summary>Takes the next item, if one is due by <paramref name="until"/>; otherwise the wheel turns to that time.</summary>
    public bool TryTake(long until, out long due, out T item)
    {
        while (Now <= until)
        {
            int slot = (int)(Now & Mask);
            int node = _heads[0][slot];
            if (node != None)
            {
                _heads[0][slot] = _nodes[node].Next;
                (due, item) = (_nodes[node].Due, _nodes[node].Item);
                Release(node);
                Count--;
                _near--;
                return true;
            }

            if (Now == until || !Turn(until))
            {
                break;
            }
        }

        due = 0;
        item = default;
        return false;
    }

    /// <summary>Turns to the next millisecond; over the rest of the first level at once when nothing stands there.</summary>
    private bool Turn(long until)
    {
        if (Count == 0)
        {
            Now = until;
            return false;
        }

        Now = _near == 0 ? Math.Min((Now | Mask) + 1, until) : Now + 1;
        if ((Now & Mask) == 0)
        {
            Cascade(1);
        }

        return true;
    }

    /// <summary>Brings down what is due in the window that begins now, in the order it went in.</summary>
    private void Cascade(int level)
    {
        int slot = (int)((Now >> (Bits * level)) & Mask);
        if (slot == 0 && level + 1 < Levels)
        {
            Cascade(level + 1);
        }

        int node = _heads[level][slot];
        _heads[level][slot] = None;
        while (node != None)
        {
            int next = _nodes[node].Next;
            Insert(node);
            node = next;
        }
    }

    private void Insert(int node)
    {
        long due = _nodes[node].Due;
        int level = 0;
        while (level < Levels - 1 && due >> (Bits * (level + 1)) != Now >> (Bits * (level + 1)))
        {
            level++;
        }

        if (level == 0)
        {
            _near++;
        }

        int slot = (int)((due >> (Bits * level)) & Mask);
        _nodes[node].Next = None;
        if (_heads[level][slot] == None)
        {
            _heads[level][slot] = node;
        }
        else
        {
            _nodes[_tails[level][slot]].Next = node;
        }

        _tails[level][slot] = node;
    }

    private int Allocate()
    {
        if (_free != None)
        {
            int node = _free;
            _free = _nodes[node].Next;
            return node;
        }

        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, _used * 2);
        }

        return _used++;
    }

    private void Release(int node)
    {
        _nodes[node] = new Node(0, _free, default); // Forgets the item, so that it can be collected.
        _free = node;
    }

    private struct Node(long due, int next, T item)
    {
        public readonly long Due = due;
        public readonly T Item = item;
        public int Next = next;
    }
}
