using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Names one call. For a POST with an Idempotency-Key it is derived from the caller's key, that one and when it was claimed, so a repeat
/// gives its commands the same operation ids, by which the grains know them, and what the server makes for it the same ids.
/// </summary>
internal sealed class Operation
{
    private readonly byte[] _seed;

    private Operation(byte[] seed)
    {
        _seed = seed;
        Id = OperationId.From("op_" + Base64Url.EncodeToString(seed));
    }

    /// <summary>For the one command of the call.</summary>
    public OperationId Id { get; }

    /// <summary>The 128 bits it is known by.</summary>
    public ReadOnlyMemory<byte> Seed => _seed;

    public static Operation Random() => new(RandomNumberGenerator.GetBytes(16));

    /// <summary>What a key names for one caller at any time: under which its claim and its answer are kept.</summary>
    public static Operation Of(string keyId, string idempotencyKey) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\n{idempotencyKey}"))[..16]);

    /// <summary>
    /// The call of this one claim of the key. Grains, keys and webhooks know operations for longer than answers are kept, so a key that is
    /// claimed anew must not be taken for the earlier one. Two claims are always more than <paramref name="kept"/> apart, and so never
    /// within the same period of that length; a period and not the moment, because a repeat soon after a claim that the store lost then
    /// still finds what was done.
    /// </summary>
    public Operation ClaimedAt(Instant at, TimeSpan kept)
    {
        Span<byte> source = stackalloc byte[16 + sizeof(long)];
        _seed.CopyTo(source);
        BinaryPrimitives.WriteInt64LittleEndian(source[16..], at.UnixMilliseconds / (long)kept.TotalMilliseconds);
        return new Operation(SHA256.HashData(source)[..16]);
    }

    /// <summary>An id for something the call makes.</summary>
    public string NewId(string prefix)
    {
        Span<byte> source = stackalloc byte[16 + 16];
        _seed.CopyTo(source);
        int length = Encoding.ASCII.GetBytes(prefix, source[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source[..(16 + length)], hash);
        return prefix + Base64Url.EncodeToString(hash[..16]);
    }
}
