using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// The secret by which a receiver knows that a call is ours, as Standard Webhooks write it: <c>whsec_</c> and the base64 of 24 to 64
/// random bytes. It is kept as it is, since it must sign; it is shown once, and never logged.
/// </summary>
internal readonly record struct WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int NewBytes = 32;

    private WebhookSecret(string text) => Text = text;

    /// <summary>What the receiver is given.</summary>
    public string Text { get; }

    public static WebhookSecret Create() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes)));

    /// <exception cref="FormatException">It is none.</exception>
    public static WebhookSecret Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Base64.IsValid(text.AsSpan(Prefix.Length), out int bytes) && bytes is >= 24 and <= 64
            ? new(text)
            : throw new FormatException("A webhook's secret is not one.");

    /// <summary>One signature: <c>v1,</c> and the base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="timestamp">In Unix seconds.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(Text[Prefix.Length..]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Nothing of the secret: this may end up in a log.</summary>
    public override string ToString() => Prefix + "…";
}
