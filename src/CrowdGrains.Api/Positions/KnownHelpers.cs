using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;

namespace CrowdGrains.Api.Positions;

/// <summary>A helper that exists, and whose it is. Neither changes.</summary>
internal sealed record KnownHelper(HelperId Id, PartnerId? Partner);

/// <summary>
/// Helpers by the bytes of their ids, so that a line of a stream finds its helper without making a string. Filled when they are first
/// named; once full, those beyond are asked for each time. Safe for use by many threads at once.
/// </summary>
internal sealed class KnownHelpers
{
    private readonly ReadModel _reads;
    private readonly int _capacity;
    private readonly ConcurrentDictionary<string, KnownHelper> _helpers = new(new IdComparer());
    private readonly ConcurrentDictionary<string, KnownHelper>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private int _count;

    public KnownHelpers(ReadModel reads, int capacity)
    {
        _reads = reads;
        _capacity = capacity;
        _byBytes = _helpers.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>A helper that was named before.</summary>
    public bool TryGet(ReadOnlySpan<byte> id, [NotNullWhen(true)] out KnownHelper? helper) => _byBytes.TryGetValue(id, out helper);

    /// <summary>The helper; null when there is none of this id.</summary>
    public async ValueTask<KnownHelper?> FindAsync(HelperId id, CancellationToken cancellation)
    {
        if (_helpers.TryGetValue(id.Value, out KnownHelper? known))
        {
            return known;
        }

        return await _reads.FindHelperAsync(id, cancellation).ConfigureAwait(false) is { } view ? Keep(view) : null;
    }

    /// <summary>Likewise for many at once, in their order.</summary>
    public async ValueTask FindAsync(ReadOnlyMemory<HelperId> ids, Memory<KnownHelper?> helpers, CancellationToken cancellation)
    {
        HelperView?[] views = new HelperView?[ids.Length];
        await _reads.FindHelpersAsync(ids, views, cancellation).ConfigureAwait(false);
        for (int i = 0; i < views.Length; i++)
        {
            helpers.Span[i] = views[i] is { } view ? Keep(view) : null;
        }
    }

    private KnownHelper Keep(HelperView view)
    {
        KnownHelper helper = new(view.Id, view.Partner);
        if (Volatile.Read(ref _count) < _capacity && _helpers.TryAdd(view.Id.Value, helper))
        {
            Interlocked.Increment(ref _count);
        }

        return helper;
    }

    /// <summary>Ids are ASCII: as text and as bytes they are the same, and must hash the same.</summary>
    private sealed class IdComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        // Ids are chosen by callers: without it they could choose such that fall on one another.
        private readonly ulong _seed = (ulong)Random.Shared.NextInt64() | 1;

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string obj)
        {
            Span<byte> bytes = stackalloc byte[Identifier.MaxLength];
            return GetHashCode(bytes[..Encoding.ASCII.GetBytes(obj, bytes)]);
        }

        public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            ulong hash = _seed ^ (uint)alternate.Length;
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(alternate);
            foreach (ulong word in words)
            {
                hash = Mix(hash ^ word);
            }

            ulong rest = 0;
            foreach (byte b in alternate[(words.Length * sizeof(ulong))..])
            {
                rest = (rest << 8) | b;
            }

            return (int)(Mix(hash ^ rest) >> 32);
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);

        private ulong Mix(ulong value)
        {
            ulong high = Math.BigMul(value, 0x9E37_79B9_7F4A_7C15 ^ _seed, out ulong low);
            return high ^ low;
        }
    }
}
