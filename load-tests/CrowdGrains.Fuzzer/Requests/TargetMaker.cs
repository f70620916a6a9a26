using System.Globalization;
using System.Text;
using CrowdGrains.Fuzzer.Bodies;
using CrowdGrains.Fuzzer.Chance;
using CrowdGrains.Fuzzer.Documents;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>Paths and queries: such as exist, and tricks.</summary>
internal sealed class TargetMaker(Known known)
{
    private static readonly string[] Tricks =
    [
        "..", ".", "%2e%2e", "%2E", "..%2f..", "%2f", "a%2Fb", "a//b", "%5c", "\\", "%00", "%0a", "%0d%0a", "%", "%zz", "%u0041", "%c0%ae", "%ff", "%ed%a0%80",
        "%F0%9F%98%80", "é", ":", ":accept", "a:cancel", "a:online:offline", "%3aonline", "*", "~", ";a=b", "a;b", "+", "%20", " ", "a b", "%7B0%7D", "{id}", "'", "\"", "<>",
        "req_", "off_", "0", "-1", "null", "undefined", "__proto__", "CON", "a%00b", "%E2%80%AE", "%25", "%252e%252e",
    ];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "200", "201", "2147483648", "99999999999999999999", "1e3", "0x10", "NaN", "null", "true", "%00", "%ff", "%", "%zz", "a,b", ",", "*", "..",
        "issued", "Issued", "submitted", "request.*", "request.%2A", "*.*", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "882a1072c9fffff", "8928308280fffff", "0",
        "ffffffffffffffff", "-180,-90,180,90", "-0.2,51.4,0,51.6", "1,2,3", "180,0,-180,1", "NaN,0,1,1", "1e308,1e308,-1e308,-1e308", "0,0,0,0", "179,10,-179,11", "c1", "MQ", "eyJhIjoxfQ", "AAAA", "==", "%2B",
        "5", "8", "15", "16", "100", "9223372036854775807", "9223372036854775808",
    ];

    public string Make(Endpoint endpoint, Dice dice, bool isPathHostile, bool isQueryHostile)
    {
        StringBuilder target = new();
        string[] segments = endpoint.Path.Split('/');
        for (int i = 1; i < segments.Length; i++)
        {
            target.Append('/').Append(Fill(segments[i], segments[i - 1], endpoint, dice, isPathHostile));
        }

        if (isPathHostile && dice.InHundred(20))
        {
            target.Append(dice.Pick<string>(["/", "//", "/..", "/.", "%20", "?", "#x", "/%2e", "/x", ":x"]));
        }

        Append(target, endpoint, dice, isQueryHostile);
        return target.ToString();
    }

    private string Fill(string segment, string before, Endpoint endpoint, Dice dice, bool isHostile)
    {
        int open = segment.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return isHostile && dice.InHundred(10) ? dice.Pick<string>([segment.ToUpperInvariant(), segment + "%00", "." + segment, segment + "/", "%76" + segment[1..]]) : segment;
        }

        string id = isHostile && dice.InHundred(70) ? Trick(dice) : Id(before, endpoint, dice);
        return id + segment[(segment.IndexOf('}', StringComparison.Ordinal) + 1)..];
    }

    private string Id(string collection, Endpoint endpoint, Dice dice) => collection switch
    {
        "helpers" => endpoint.IsRead && dice.InHundred(15) ? Known.Bait : dice.Pick(Known.Helpers),
        "requests" when dice.InHundred(40) => dice.Pick(known.Jobs),
        "requests" => dice.InHundred(60) ? dice.Pick(known.MadeRequests) : dice.Pick(Known.Requests),
        "offers" => endpoint.IsRead && dice.InHundred(30) ? dice.Pick(known.BaitOffers) : dice.Pick(known.Offers),
        "webhooks" => dice.InHundred(30) && endpoint.IsRead ? dice.Pick(known.MarkedWebhooks) : dice.Pick(known.Webhooks),
        "deliveries" => dice.Pick(known.Deliveries),
        "keys" => dice.Pick(known.Keys),
        _ => dice.Pick(Known.Customers),
    };

    private static string Trick(Dice dice) => dice.Below(4) switch
    {
        0 => new string('a', dice.Pick<int>([64, 65, 1000, 7000, 9000])),
        1 => Uri.EscapeDataString(HostileValues.Letters(dice, dice.Between(1, 70))),
        _ => dice.Pick(Tricks),
    };

    private static void Append(StringBuilder target, Endpoint endpoint, Dice dice, bool isHostile)
    {
        List<string> parts = [];
        foreach (string name in endpoint.Queries)
        {
            int times = isHostile ? dice.Pick<int>([0, 1, 1, 1, 2, 20]) : dice.Below(5) == 0 ? 1 : 0;
            for (int i = 0; i < times; i++)
            {
                parts.Add($"{name}={(isHostile ? Hostile(dice) : Usual(name, dice))}");
            }
        }

        if (isHostile && dice.InHundred(15))
        {
            parts.Add(dice.Pick<string>(["=", "&", "x", "limit", "limit[]=1", "limit.a=1", "LIMIT=1", "a=b=c", "%00=1", "%ff=%ff", "?"]));
        }

        if (endpoint.Path == "/v1/cells" && !isHostile)
        {
            parts = ["bbox=-0.2,51.4,0,51.6", .. parts.Where(part => !part.StartsWith("bbox", StringComparison.Ordinal))];
        }

        target.Append(parts.Count > 0 ? "?" : "").AppendJoin('&', parts);
    }

    private static string Hostile(Dice dice) => dice.Below(8) switch
    {
        0 => new string('9', dice.Pick<int>([30, 300, 3000])),
        1 => dice.Next().ToString(CultureInfo.InvariantCulture),
        2 => Uri.EscapeDataString(HostileValues.Letters(dice, dice.Between(1, 40))),
        _ => dice.Pick(Values),
    };

    private static string Usual(string name, Dice dice) => name switch
    {
        "limit" => dice.Between(1, 200).ToString(CultureInfo.InvariantCulture),
        "status" => dice.Pick<string>(["issued", "searching", "pending", "assigned"]),
        "customerId" => dice.Pick(Known.Customers),
        "cell" => "85194ad3fffffff",
        "since" => "2026-01-01T00:00:00Z",
        "after" => dice.Between(0, 500).ToString(CultureInfo.InvariantCulture),
        "types" => "offer.issued,request.*",
        "resolution" => dice.Between(4, 8).ToString(CultureInfo.InvariantCulture),
        _ => "MQ",
    };
}
