using System.Globalization;
using CrowdGrains.Fuzzer.Bodies;
using CrowdGrains.Fuzzer.Chance;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>Headers: those a client sends, and what none should.</summary>
internal sealed class HeaderMaker(Keys keys)
{
    private const int DistinctRepeats = 5000;

    private static readonly string[] Versions = ["\"1\"", "\"2\"", "*", "\"7.1735689600000\"", "W/\"1\""];
    private static readonly string[] BadVersions = ["1", "\"", "\"\"", "\"x", "\"1\",\"2\"", ",,,", "W/", "\"-1\"", "\"99999999999999999999\"", "\"1.2.3\"", "**", "\"\u00e9\"", "  "];
    private static readonly string[] EventIds = ["0", "1", "-1", "99999999999999999999", "9223372036854775807", "abc", "", "1.5", "0x1", "\u00ff", "1,2"];

    private static readonly string[] MediaTypes =
    [
        "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/json; charset=\"utf-8\"",
        "application/json; charset=", "application/json;;", "application/jsonx", "APPLICATION/JSON", "application/problem+json", "application/x-ndjson", "application/x-ndjson; charset=x", "json", "", ";", "*/*",
        "application/json, text/plain", "application/json; charset=utf-7",
    ];

    private static readonly (string Name, string Value)[] Odd =
    [
        ("Accept", "text/html;q=0.9,*/*;q=2"), ("Accept", "application/xml"), ("Accept-Encoding", "br, gzip, zstd;q=0"), ("Accept-Language", "\u00e9"), ("Content-Encoding", "gzip"),
        ("Content-Encoding", "br"), ("Transfer-Encoding", "gzip"), ("Expect", "100-continue"), ("Expect", "200-ok"), ("Upgrade", "websocket"), ("Upgrade", "h2c"), ("Connection", "close"),
        ("Connection", "upgrade, HTTP2-Settings"), ("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "evil.example"), ("X-Original-URL", "/v1/keys"),
        ("X-HTTP-Method-Override", "DELETE"), ("Forwarded", "for=127.0.0.1;by=\"x"), ("Cookie", "a=b; c"), ("Range", "bytes=0-1,5-"), ("If-None-Match", "*"), ("If-None-Match", "\"1\", W/\"2\""), ("If-Modified-Since", "yesterday"),
        ("Origin", "null"), ("Referer", "http://\u00e9/"), ("traceparent", "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-01"), ("traceparent", "x"), ("tracestate", "a=b,,c"), ("baggage", "a=%00"), ("Host", "evil.example"), ("Content-MD5", "x"),
        ("TE", "trailers"), ("Trailer", "Authorization"), ("Date", "x"), ("User-Agent", "${jndi:ldap://x}"),
    ];

    /// <summary>Of a request as a client would send it.</summary>
    public void AddUsual(List<(string Name, string Value)> headers, Identity identity, string method, string? mediaType, Dice dice)
    {
        if (identity == Identity.Wrong)
        {
            headers.AddRange(WrongAuthorization(dice));
        }
        else if (identity != Identity.None)
        {
            headers.Add(("Authorization", $"Bearer {keys.Secret(identity)}"));
        }

        if (mediaType is not null)
        {
            headers.Add(("Content-Type", mediaType));
        }

        if (method == "POST" && dice.InHundred(25))
        {
            headers.Add(("Idempotency-Key", keys.IdempotencyToken + dice.Below(DistinctRepeats).ToString(CultureInfo.InvariantCulture)));
        }

        if (method is "POST" or "PATCH" or "DELETE" && dice.InHundred(10))
        {
            headers.Add(("If-Match", dice.Pick(Versions)));
        }
    }

    public void AddHostile(List<(string Name, string Value)> headers, Dice dice)
    {
        for (int i = dice.Between(1, 3); i > 0; i--)
        {
            switch (dice.Below(9))
            {
                case 0:
                    headers.Add(("If-Match", dice.Pick(BadVersions)));
                    break;
                case 1:
                    headers.Add(("Last-Event-ID", dice.Pick(EventIds)));
                    headers.Add(("Accept", "text/event-stream"));
                    break;
                case 2:
                    headers.Add(("Idempotency-Key", keys.IdempotencyToken + Padding(dice)));
                    break;
                case 3:
                    headers.RemoveAll(header => header.Name == "Content-Type");
                    headers.Add(("Content-Type", dice.Pick(MediaTypes)));
                    break;
                case 4:
                    for (int n = dice.Pick<int>([10, 50, 64, 65, 200]); n > 0; n--)
                    {
                        headers.Add(($"X-Flood-{n}", "x"));
                    }

                    break;
                case 5:
                    headers.Add(("X-Long", new string('x', dice.Pick<int>([1000, 8000, 15_000, 17_000, 40_000]))));
                    break;
                case 6 when headers.Count > 0:
                    headers.Add(dice.Pick(headers));
                    break;
                default:
                    headers.Add(dice.Pick(Odd));
                    break;
            }
        }
    }

    private static string Padding(Dice dice) => dice.Below(5) switch
    {
        0 => new string('k', dice.Pick<int>([200, 255, 256, 4000])),
        1 => " with spaces",
        2 => "\u00e9",
        3 => ",\"",
        _ => dice.Below(20).ToString(CultureInfo.InvariantCulture),
    };

    private IEnumerable<(string Name, string Value)> WrongAuthorization(Dice dice)
    {
        string secret = keys.Secret(Identity.Admin);
        string[] values = dice.Below(16) switch
        {
            0 => ["Bearer"],
            1 => ["Bearer "],
            2 => ["Bearer cg_" + new string('A', 43)],
            3 => ["Basic YWRtaW46YWRtaW4="],
            4 => [secret],
            5 => ["Bearer " + secret[..^1]],
            6 => ["Bearer " + secret + "x"],
            7 => ["Bearer " + secret.ToUpperInvariant()],
            8 => ["Bearer " + secret + ",Bearer x"],
            9 => ["Token " + secret],
            10 => ["Bearer " + new string('k', dice.Pick<int>([255, 256, 257, 5000]))],
            11 => ["Bearer \u00e9\u00e9"],
            12 => ["Bearer x", "Bearer " + secret],
            13 => ["Bearer\t" + secret],
            14 => ["Bearer null"],
            _ => ["Bearer " + Uri.EscapeDataString(HostileValues.Letters(dice, 20))],
        };
        return values.Select(value => ("Authorization", value));
    }
}
