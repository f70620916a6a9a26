using System.Text;
using CrowdGrains.Fuzzer.Chance;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>Requests that break the rules of HTTP itself.</summary>
internal static class WireDamage
{
    private static readonly string[] ChunkedBodies =
    [
        "FFFFFFFF\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "7FFFFFFF\r\n{}", "-1\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "2;a=\"b\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "1\r\n{}\r\n0\r\n\r\n", "\r\n", "0\r\nX: 1\r\n\r\n",
        "2\n{}\n0\n\n", "2 \r\n{}\r\n0\r\n\r\n", "0\r\nContent-Length: 5\r\nAuthorization: x\r\n\r\n", "00000000000000002\r\n{}\r\n0\r\n\r\n", "zz\r\n", "2\r\n{",
    ];

    public static HostileRequest Apply(HostileRequest request, Dice dice)
    {
        List<(string Name, string Value)> headers = [.. request.Headers];
        HostileRequest damaged = request with { Headers = headers, IsHttp = false };
        switch (dice.Below(14))
        {
            case 0:
                return damaged with { Version = dice.Pick<string>(["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.2", "HTTP/9", "http/1.1", "HTTP/1.1 ", ""]) };
            case 1:
                return damaged with { Method = dice.Pick<string>(["", " ", "G\0T", "GET\t", "G(T", "PRI", new string('M', 9000)]) };
            case 2:
                headers.Add(("Content-Length", dice.Pick<string>(["-1", "99999999999999999999", "+5", "0x10", "5, 5", "", "65537", "1e3"])));
                break;
            case 3:
                headers.Add(("Content-Length", "5"));
                headers.Add(("Content-Length", "6"));
                break;
            case 4:
                headers.Add(("Transfer-Encoding", dice.Pick<string>(["chunked, chunked", "xchunked", "chunked;x", "identity", "gzip, chunked", " chunked"])));
                break;
            case 5:
                headers.Add(("Content-Length", "3"));
                headers.Add(("Transfer-Encoding", "chunked"));
                break;
            case 6:
                headers.RemoveAll(header => header.Name == "Host");
                break;
            case 7:
                headers.Add(("Host", "second.example"));
                break;
            case 8:
                headers.Add((dice.Pick<string>(["", " X", "X Y", "X\0", "X\r\nInjected: 1\r\nY", "\u00e9", ":"]), "1"));
                break;
            case 9:
                headers.Add(("X-Odd", dice.Pick<string>(["\0", "a\0b", "a\rb", "a\nb", "a\r\n b", "\u0080\u00ff", "\u00c3\u00a9"])));
                break;
            case 10:
                return damaged with { Target = dice.Pick<string>(["", "v1/keys", "/v1/ keys", "\0", "/\u00e9", "http://", "//@", "/" + new string('a', 9000)]) };
            case 11 or 12:
                headers.Add(("Transfer-Encoding", "chunked"));
                return damaged with { Body = Encoding.Latin1.GetBytes(dice.Pick(ChunkedBodies)), Delivery = Delivery.Whole };
            default:
                return damaged with { Body = [.. request.Body ?? [], .. dice.Bytes(dice.Between(1, 500))], Delivery = Delivery.Truncated };
        }

        return damaged;
    }
}
