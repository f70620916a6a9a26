using CrowdGrains.Fuzzer.Documents;
using CrowdGrains.Fuzzer.Requests;
using CrowdGrains.Fuzzer.Stages;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Tests.Requests;

public sealed class RequestMakerTests
{
    private const string Document = """
        {"paths":{
          "/v1/helpers":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Registration"}}}}}},
          "/v1/helpers/{id}":{"get":{}},
          "/v1/requests":{"get":{"parameters":[{"in":"query","name":"limit"},{"in":"header","name":"If-Match"}]}}},
         "components":{"schemas":{"Registration":{"type":"object","properties":{"name":{"type":["null","string"]},"radiusMeters":{"type":"integer"}}}}}}
        """;

    private static readonly Keys Keys = new(
        Enum.GetValues<Identity>().Where(identity => identity < Identity.None).ToDictionary(identity => identity, identity => $"secret-of-{identity}"), "idem-");

    [Fact]
    public void Make_GivesTheSameBytesForTheSameSeedAndNumber()
    {
        for (int i = 0; i < 2000; i++)
        {
            Assert.Equal(Bytes(Maker(7).Make(i)), Bytes(Maker(7).Make(i)));
        }
    }

    [Fact]
    public void Make_GivesOtherRequestsForAnotherSeedOrNumber() =>
        Assert.True(Enumerable.Range(0, 500).Select(i => Convert.ToHexString(Bytes(Maker((ulong)(i % 5)).Make(i)))).Distinct().Count() > 400);

    [Fact]
    public void Make_NeverLetsTheBaitDoAnything() =>
        Assert.DoesNotContain(Enumerable.Range(0, 5000).Select(i => Maker(1).Make(i)), request => request.Identity == Identity.Bait && request.What.StartsWith("POST", StringComparison.Ordinal));

    [Fact]
    public void Text_NamesKeysAndHidesTheirSecrets()
    {
        for (int i = 0; i < 2000; i++)
        {
            string text = RequestText.Of(Maker(3).Make(i), Keys, new Uri("http://127.0.0.1:1"));
            Assert.DoesNotContain("secret-of-", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexStringLower("secret-of-"u8), text, StringComparison.Ordinal);
        }
    }

    private static RequestMaker Maker(ulong seed) => new(ApiDocument.Parse(Document), new Known(), Keys, "127.0.0.1:1", seed);

    private static byte[] Bytes(HostileRequest request) => [.. RequestBytes.Of(request).SelectMany(piece => piece.ToArray())];
}
