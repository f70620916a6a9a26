using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Offers;

/// <summary>
/// Names one offer of one request to one helper: <c>off_</c> and 22 characters. Derived from the request and the number of the
/// offer within it, so a turn that runs again after a crash names the same offer, and no two offers share a name.
/// </summary>
public readonly record struct OfferId
{
    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal OfferId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static OfferId From(string value) => new(Identifier.Require(value, nameof(value)));

    /// <summary>The id of offer <paramref name="number"/> (from 1) of a request: 128 bits of SHA-256, base64url.</summary>
    public static OfferId Derive(RequestId request, int number)
    {
        Span<byte> source = stackalloc byte[Identifier.MaxLength + sizeof(int)];
        int length = Encoding.ASCII.GetBytes(request.Value, source);
        BitConverter.TryWriteBytes(source[length..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source[..(length + sizeof(int))], hash);
        return new(string.Concat("off_", Base64Url.EncodeToString(hash[..16])));
    }

    public override string ToString() => Value;
}
