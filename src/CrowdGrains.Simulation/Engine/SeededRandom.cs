using System.Numerics;

namespace CrowdGrains.Simulation.Engine;

/// <summary>
/// A stream of numbers that follows from its seed alone: the same in every process and version. Draws that are shaped by logarithms and
/// cosines follow the platform's mathematical library, so their last digit may differ between kinds of machine. xoshiro256** seeded by splitmix64
/// (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021). Streams with other keys are independent.
/// </summary>
public sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The seed of the world.</param>
    /// <param name="purpose">What the numbers are for, and <paramref name="index"/> for whom: so that one draw more here moves nothing there.</param>
    public SeededRandom(ulong seed, Purpose purpose, long index = 0)
    {
        ulong state = seed;
        ulong key = Split(ref state) ^ ((ulong)purpose << 56);
        key = Split(ref key) + (ulong)index;
        _a = Split(ref key);
        _b = Split(ref key);
        _c = Split(ref key);
        _d = Split(ref key);
    }

    /// <summary>What the numbers of a stream are for.</summary>
    public enum Purpose : byte
    {
        Demand = 1,
        Crowd,
        Network,
        Helper,
        Customer,
        Visit,
        Travel,
        Faults,
        Edge,
        Mischief,
        Dispatcher,
    }

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>At least 0, below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least 0, below <paramref name="bound"/>.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>At least <paramref name="min"/>, at most <paramref name="max"/>.</summary>
    public int NextInt(int min, int max) => min + NextInt(max - min + 1);

    public bool NextBool(double probability) => NextDouble() < probability;

    /// <summary>Mean 0, standard deviation 1 (Box and Muller 1958).</summary>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    public double NextExponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <param name="median">Half of the draws are below.</param>
    /// <param name="sigma">The standard deviation of the logarithm.</param>
    public double NextLogNormal(double median, double sigma) => median * Math.Exp(sigma * NextGaussian());

    private static ulong Split(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
