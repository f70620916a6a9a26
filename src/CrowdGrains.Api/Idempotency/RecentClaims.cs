using System.Buffers.Binary;

namespace CrowdGrains.Api.Idempotency;

/// <summary>
/// Knows which operations have surely not been claimed of late, so that nearly every POST with a fresh Idempotency-Key is spared a look
/// into the store. A Bloom filter for each quarter of the time answers are kept; the oldest is emptied for the next. It never says no
/// wrongly; in a quarter with very many claims it says "perhaps" more often. Safe for use by many threads at once.
/// </summary>
internal sealed class RecentClaims
{
    private const int Quarters = 4;

    /// <summary>2 MB: a million claims in a quarter are mistaken for one another less than once in two hundred times.</summary>
    private const int Bits = 1 << 24;
    private const int Hashes = 4;

    private readonly long _quarterMilliseconds;
    private readonly Generation?[] _generations = new Generation?[Quarters + 1];
    private readonly Lock _turning = new();
    private volatile bool _isComplete;

    public RecentClaims(TimeSpan kept) => _quarterMilliseconds = Math.Max(1, (long)kept.TotalMilliseconds / Quarters);

    /// <summary>Until all that the store holds was added, nothing is sure.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>False when the operation was not claimed within the time answers are kept.</summary>
    /// <param name="seed">At least 16 bytes, evenly distributed.</param>
    public bool MayHold(ReadOnlySpan<byte> seed, long now)
    {
        if (!_isComplete)
        {
            return true;
        }

        long current = now / _quarterMilliseconds;
        foreach (ref readonly Generation? slot in _generations.AsSpan())
        {
            if (Volatile.Read(in slot) is { } generation && generation.Number >= current - Quarters && generation.Holds(seed))
            {
                return true;
            }
        }

        return false;
    }

    public void Add(ReadOnlySpan<byte> seed, long at)
    {
        long number = at / _quarterMilliseconds;
        int slot = (int)(number % _generations.Length);
        Generation? generation = Volatile.Read(ref _generations[slot]);
        if (generation is null || generation.Number < number)
        {
            lock (_turning)
            {
                generation = _generations[slot];
                if (generation is null || generation.Number < number)
                {
                    generation = new Generation(number);
                    Volatile.Write(ref _generations[slot], generation);
                }
            }
        }

        if (generation.Number == number)
        {
            generation.Add(seed);
        }
    }

    private sealed class Generation(long number)
    {
        private readonly ulong[] _words = new ulong[Bits / 64];

        public long Number { get; } = number;

        public bool Holds(ReadOnlySpan<byte> seed)
        {
            for (int i = 0; i < Hashes; i++)
            {
                uint bit = BitOf(seed, i);
                if ((Volatile.Read(ref _words[bit >> 6]) & 1UL << (int)(bit & 63)) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        public void Add(ReadOnlySpan<byte> seed)
        {
            for (int i = 0; i < Hashes; i++)
            {
                uint bit = BitOf(seed, i);
                Interlocked.Or(ref _words[bit >> 6], 1UL << (int)(bit & 63));
            }
        }

        /// <summary>The seed is a hash already: each of its quarters serves as one more.</summary>
        private static uint BitOf(ReadOnlySpan<byte> seed, int i) => BinaryPrimitives.ReadUInt32LittleEndian(seed[(i * sizeof(uint))..]) & (Bits - 1);
    }
}
