namespace CrowdGrains.Fuzzer.Chance;

/// <summary>Draws that a seed and a stream name for good (SplitMix64): each request has a stream of its own, so it can be made alone.</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed, ulong stream)
    {
        _state = seed;
        _state = Next() ^ (stream * 0xD1B54A32D192ED03);
        _ = Next();
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool InHundred(int chances) => Below(100) < chances;

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }
}
