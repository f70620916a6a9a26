using CrowdGrains.Fuzzer.Bodies;
using CrowdGrains.Fuzzer.Chance;
using CrowdGrains.Fuzzer.Documents;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>Makes the requests of a run: the seed and a request's number say all of it but the ids and secrets the server made.</summary>
internal sealed class RequestMaker(ApiDocument document, Known known, Keys keys, string host, ulong seed)
{
    private const int MaxHeaders = 64;
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxLineBytes = 8 * 1024;
    private const string Version = "HTTP/1.1";

    /// <summary>Of a hundred, how often each one sends.</summary>
    private static readonly Identity[] Senders = Spread(
        (Identity.Admin, 24), (Identity.Dispatch, 14), (Identity.PartnerA, 14), (Identity.PartnerB, 14), (Identity.HelperA, 9), (Identity.HelperB, 9),
        (Identity.Bait, 6), (Identity.None, 3), (Identity.Wrong, 7));

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X", "QUERY"];
    private static readonly string[] LooseTargets = ["/", "//", "*", "/v1", "/v1/", "/v2/helpers", "/openapi/v1.json", "/openapi/v2.json", "/healthz", "/.git/config", "/v1/helpers/../keys", "/v1/%68elpers", "http://evil.example/v1/keys", "/favicon.ico", "evil.example:443"];

    private readonly ValidBody _valid = new(document, known);
    private readonly TargetMaker _targets = new(known);
    private readonly HeaderMaker _headers = new(keys);

    private enum Aim
    {
        Valid,
        Body,
        Query,
        Path,
        Headers,
        Method,
        Wire,
    }

    public HostileRequest Make(long index)
    {
        Dice dice = new(seed, (ulong)index);
        Endpoint endpoint = dice.Pick(document.Endpoints);
        Identity identity = Senders[dice.Below(Senders.Length)];
        Aim aim = dice.Below(100) switch
        {
            < 36 => Aim.Valid,
            < 66 => endpoint.Body is null ? Aim.Query : Aim.Body,
            < 76 => Aim.Query,
            < 84 => Aim.Path,
            < 93 => Aim.Headers,
            < 97 => Aim.Method,
            _ => Aim.Wire,
        };

        // What is right is often sent by who may: the rules behind are to be reached.
        if (aim == Aim.Valid && identity < Identity.None && dice.InHundred(40))
        {
            identity = Identity.Admin;
        }

        // The bait is only looked at, or it would take what it is offered.
        if (identity == Identity.Bait && !endpoint.IsRead)
        {
            identity = Identity.HelperA;
        }

        string target = _targets.Make(endpoint, dice, aim == Aim.Path, aim == Aim.Query);
        byte[]? body = endpoint.Body is null ? StrayBody(endpoint, dice) : MakeBody(endpoint, dice, aim == Aim.Body);
        List<(string Name, string Value)> headers = [("Host", host)];
        _headers.AddUsual(headers, identity, endpoint.Method, body is null ? null : endpoint.MediaType ?? "application/json", dice);
        if (endpoint.Path == "/v1/events" && dice.InHundred(30))
        {
            headers.Add(("Accept", "text/event-stream"));
        }

        string method = endpoint.Method;
        if (aim == Aim.Headers)
        {
            _headers.AddHostile(headers, dice);
        }
        else if (aim == Aim.Method)
        {
            method = dice.Pick(Methods);
            target = dice.InHundred(30) ? dice.Pick(LooseTargets) : target;
        }

        Delivery delivery = body is null || dice.InHundred(80) ? Delivery.Whole : dice.Pick<Delivery>([Delivery.Chunked, Delivery.Chunked, Delivery.Slow, Delivery.Truncated]);
        HostileRequest made = new(index, $"{endpoint} ({aim})", identity, method, target, Version, headers, body, delivery, IsHttp: true);
        return Judge(aim == Aim.Wire ? WireDamage.Apply(made, dice) : made);
    }

    private byte[] MakeBody(Endpoint endpoint, Dice dice, bool isHostile)
    {
        if (endpoint.MediaType == "application/x-ndjson")
        {
            return PositionLines.Make(dice, isHostile);
        }

        Part body = _valid.Make(endpoint, dice);
        if (!isHostile)
        {
            return body.ToBytes();
        }

        for (int i = dice.Pick<int>([0, 1, 1, 1, 2, 3]); i > 0; i--)
        {
            body = JsonDamage.Apply(body, dice);
        }

        return dice.InHundred(25) ? ByteDamage.Apply(body.ToBytes(), dice) : body.ToBytes();
    }

    /// <summary>Where none is read, one may come all the same.</summary>
    private static byte[]? StrayBody(Endpoint endpoint, Dice dice) => (endpoint.Method, dice.Below(10)) switch
    {
        ("GET" or "DELETE", < 9) => null,
        (_, < 5) => null,
        (_, < 7) => "{}"u8.ToArray(),
        _ => HostileValues.Draw(dice).ToBytes(),
    };

    /// <summary>What a web server turns away before anybody looks at it is marked.</summary>
    private static HostileRequest Judge(HostileRequest request)
    {
        int size = request.Headers.Sum(header => header.Name.Length + header.Value.Length + 4);
        bool isHttp = request.IsHttp
            && request.Target is ['/', ..]
            && request.Target.Length + request.Method.Length + Version.Length + 4 < MaxLineBytes
            && request.Target.All(letter => letter is > ' ' and <= '~')
            && !request.Target.Contains("%00", StringComparison.Ordinal)
            && request.Headers.Count + 1 < MaxHeaders
            && size < MaxHeaderBytes - 100
            && request.Headers.Count(header => header.Name == "Host") == 1
            && !request.Headers.Any(header => header.Name is "Transfer-Encoding" or "Content-Length")
            && request.Headers.All(header => header.Value.All(letter => letter is >= ' ' and <= '~' or '\t'))
            && request.Method is not ("CONNECT" or "OPTIONS")
            && request.Delivery != Delivery.Truncated;
        return request with { IsHttp = isHttp };
    }

    private static Identity[] Spread(params (Identity Identity, int Weight)[] weights) =>
        [.. weights.SelectMany(weight => Enumerable.Repeat(weight.Identity, weight.Weight))];
}
