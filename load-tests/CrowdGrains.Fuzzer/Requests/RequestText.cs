using System.Text;
using CrowdGrains.Fuzzer.Stages;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>A request for people to repeat: as a curl command where that can say it, else its bytes.</summary>
internal static class RequestText
{
    private const int MaxHexBytes = 4096;

    public static string Of(HostileRequest request, Keys keys, Uri server)
    {
        bool isPlain = request.IsHttp && request.Delivery == Delivery.Whole && (request.Body?.All(letter => letter is >= 0x20 and < 0x7F) ?? true) && !(request.Body?.Length > MaxHexBytes);
        return Hide(isPlain ? Curl(request, server) : Hex(request), keys);
    }

    private static string Curl(HostileRequest request, Uri server)
    {
        StringBuilder text = new($"curl -si --path-as-is -g -X {request.Method}");
        foreach ((string name, string value) in request.Headers.Where(header => header.Name != "Host"))
        {
            text.Append(' ').Append("-H ").Append(Quote($"{name}: {value}"));
        }

        if (request.Body is { } body)
        {
            text.Append(" --data-binary ").Append(Quote(Encoding.ASCII.GetString(body)));
        }

        return text.Append(' ').Append(Quote($"{server.Scheme}://{server.Authority}{request.Target}")).ToString();
    }

    private static string Hex(HostileRequest request)
    {
        byte[] bytes = [.. RequestBytes.Of(request).SelectMany(piece => piece.ToArray())];
        string head = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 600)));
        string rest = bytes.Length > MaxHexBytes ? $" … {bytes.Length} bytes" : "";
        return $"{head.Split("\r\n\r\n")[0].ReplaceLineEndings(" | ")}\n  {request.Delivery}, hex: {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, MaxHexBytes)))}{rest}";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Keys are named, not shown.</summary>
    private static string Hide(string text, Keys keys)
    {
        foreach (Identity identity in Enum.GetValues<Identity>().Where(identity => identity < Identity.None))
        {
            string secret = keys.Secret(identity);

            // Without its end too: some requests carry it so.
            string hex = Convert.ToHexStringLower(Encoding.Latin1.GetBytes(secret[..^1]));
            text = text.Replace(secret, $"${identity}", StringComparison.OrdinalIgnoreCase)
                .Replace(secret[..^1], $"${identity}_CUT", StringComparison.OrdinalIgnoreCase)
                .Replace(hex, $"<{identity}_CUT>", StringComparison.Ordinal);
        }

        return text;
    }
}
