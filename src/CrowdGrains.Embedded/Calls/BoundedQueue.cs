using System.Numerics;

namespace CrowdGrains.Embedded.Calls;

/// <summary>
/// A bounded queue from many threads to one, without locks: an array of slots whose sequence numbers say whose turn it is
/// (D. Vyukov's bounded queue). A full queue refuses.
/// </summary>
/// <param name="capacity">Rounded up to a power of two.</param>
internal sealed class BoundedQueue<T>(int capacity)
    where T : struct
{
    private readonly Slot[] _slots = NewSlots((int)BitOperations.RoundUpToPowerOf2((uint)capacity));
    private PaddedCounter _head;
    private PaddedCounter _tail;

    /// <summary>How many wait, give or take those under way.</summary>
    public int Count => (int)Math.Max(0, Volatile.Read(ref _tail.Value) - Volatile.Read(ref _head.Value));

    /// <summary>Likewise.</summary>
    public bool IsFull => Count >= _slots.Length;

    public bool TryEnqueue(in T item)
    {
        Slot[] slots = _slots;
        while (true)
        {
            long position = Volatile.Read(ref _tail.Value);
            ref Slot slot = ref slots[position & (slots.Length - 1)];
            long lead = Volatile.Read(ref slot.Sequence) - position;
            if (lead < 0)
            {
                return false;
            }

            if (lead == 0 && Interlocked.CompareExchange(ref _tail.Value, position + 1, position) == position)
            {
                slot.Item = item;
                Volatile.Write(ref slot.Sequence, position + 1);
                return true;
            }
        }
    }

    /// <summary>By the one reader only.</summary>
    public bool TryDequeue(out T item)
    {
        long position = _head.Value;
        ref Slot slot = ref _slots[position & (_slots.Length - 1)];
        if (Volatile.Read(ref slot.Sequence) != position + 1)
        {
            item = default;
            return false;
        }

        item = slot.Item;
        slot.Item = default;
        Volatile.Write(ref slot.Sequence, position + _slots.Length);
        Volatile.Write(ref _head.Value, position + 1);
        return true;
    }

    private static Slot[] NewSlots(int count)
    {
        Slot[] slots = new Slot[count];
        for (int i = 0; i < count; i++)
        {
            slots[i].Sequence = i;
        }

        return slots;
    }

    private struct Slot
    {
        public long Sequence;
        public T Item;
    }
}
