using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// Where in a table of entries a helper stands, by id. Open addressing with linear probing: 8 bytes a slot, and one memory access to find
/// most helpers, where a dictionary takes 28 bytes and two. Its order is never looked at.
/// </summary>
internal sealed class HelperIndex
{
    private const int SmallestSize = 8;
    private Slot[] _slots = [];
    private int _count;

    public static uint HashOf(HelperId helper) => (uint)helper.Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The position of a helper; −1 when it is not there.</summary>
    /// <param name="card">The card it is most likely listed with, which spares reading the listed one.</param>
    public int Find(uint hash, HelperId helper, HelperCard? card, ReadOnlySpan<HelperEntry> entries)
    {
        for (int at = Home(hash); _count > 0 && _slots[at].IsTaken; at = After(at))
        {
            if (_slots[at].Hash == hash)
            {
                HelperCard listed = entries[_slots[at].Position].Card;
                if (ReferenceEquals(listed, card) || listed.Id == helper)
                {
                    return _slots[at].Position;
                }
            }
        }

        return -1;
    }

    /// <summary>Adds a helper that is not there yet.</summary>
    public void Add(uint hash, int position)
    {
        // At most three quarters full: beyond, probing runs long.
        if ((_count + 1) * 4 > _slots.Length * 3)
        {
            Resize(Math.Max(SmallestSize, _slots.Length * 2));
        }

        _count++;
        Place(new Slot(hash, position));
    }

    /// <summary>Follows an entry that was moved.</summary>
    public void Move(uint hash, int from, int to) => _slots[At(hash, from)] = new Slot(hash, to);

    public void Remove(uint hash, int position)
    {
        int gap = At(hash, position);
        // What was pushed past the gap moves back into it, so that no probe stops short.
        for (int at = After(gap); _slots[at].IsTaken; at = After(at))
        {
            int home = Home(_slots[at].Hash);
            if (((at - home) & (_slots.Length - 1)) >= ((at - gap) & (_slots.Length - 1)))
            {
                _slots[gap] = _slots[at];
                gap = at;
            }
        }

        _slots[gap] = default;
        _count--;
    }

    /// <summary>Forgets all, to be filled anew with so many.</summary>
    public void Clear(int count)
    {
        int size = SmallestSize;
        while (count * 4 > size * 3)
        {
            size *= 2;
        }

        _slots = new Slot[size];
        _count = 0;
    }

    private int Home(uint hash) => (int)(hash & (uint)(_slots.Length - 1));

    private int After(int at) => (at + 1) & (_slots.Length - 1);

    private int At(uint hash, int position)
    {
        int at = Home(hash);
        while (_slots[at].Position != position || !_slots[at].IsTaken)
        {
            at = After(at);
        }

        return at;
    }

    private void Place(Slot slot)
    {
        int at = Home(slot.Hash);
        while (_slots[at].IsTaken)
        {
            at = After(at);
        }

        _slots[at] = slot;
    }

    private void Resize(int size)
    {
        Slot[] old = _slots;
        _slots = new Slot[size];
        foreach (Slot slot in old)
        {
            if (slot.IsTaken)
            {
                Place(slot);
            }
        }
    }

    /// <summary>The position is kept plus 1, so that a slot of zeros is free.</summary>
    private readonly struct Slot(uint hash, int position)
    {
        private readonly int _taken = position + 1;

        public uint Hash { get; } = hash;

        public int Position => _taken - 1;

        public bool IsTaken => _taken != 0;
    }
}
