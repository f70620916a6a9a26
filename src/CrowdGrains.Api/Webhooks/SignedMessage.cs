using System.Globalization;

namespace CrowdGrains.Api.Webhooks;

/// <summary>What is posted: the headers of Standard Webhooks, and the body they sign.</summary>
/// <param name="Id">The same at every attempt, so that a receiver knows a repeat.</param>
/// <param name="Timestamp">Of the attempt, in Unix seconds.</param>
/// <param name="Signatures">One for each secret that is valid, with a space between.</param>
internal sealed record SignedMessage(string Id, string Timestamp, string Signatures, ReadOnlyMemory<byte> Body)
{
    public static SignedMessage Sign(string id, DateTimeOffset at, ReadOnlyMemory<byte> body, IEnumerable<WebhookSecret> secrets)
    {
        long timestamp = at.ToUnixTimeSeconds();
        string signatures = string.Join(' ', secrets.Select(secret => secret.Sign(id, timestamp, body.Span)));
        return new(id, timestamp.ToString(CultureInfo.InvariantCulture), signatures, body);
    }
}
