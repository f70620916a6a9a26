using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Names one call. For a POST with an Idempotency-Key it is derived from the caller's key and that one, so a repeat gives its commands
/// the same operation ids, by which the grains know them, and what the server makes for it the same ids.
/// </summary>
internal sealed class Operation
{
    private readonly byte[] _seed;

    private Operation(byte[] seed)
    {
        _seed = seed;
        Id = OperationId.From("op_" + Base64Url.EncodeToString(seed));
    }

    /// <summary>For the first or only command of the call.</summary>
    public OperationId Id { get; }

    /// <summary>The 128 bits it is known by.</summary>
    public ReadOnlyMemory<byte> Seed => _seed;

    public static Operation Random() => new(RandomNumberGenerator.GetBytes(16));

    public static Operation Of(string keyId, string idempotencyKey) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\n{idempotencyKey}"))[..16]);

    /// <summary>For a further command of the call.</summary>
    public OperationId Then(string step) => OperationId.From($"{Id.Value}:{step}");

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
