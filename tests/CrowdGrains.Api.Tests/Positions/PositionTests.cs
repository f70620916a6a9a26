using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrowdGrains.Api.Tests.Positions;

public sealed class PositionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Put_MovesTheHelper()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id));

        Answered put = await server.Admin.PutAsync($"/v1/helpers/{id}/position", """{"lat":40.76,"lng":-73.97,"at":"2026-01-31T08:00:00Z"}""");

        put.AssertStatus(HttpStatusCode.NoContent);
        await AssertIsAtAsync(id, 40.76, -73.97);
    }

    [Theory]
    [InlineData("""{"lng":1}""", "invalid", "/lat")]
    [InlineData("""{"lat":1}""", "invalid", "/lng")]
    [InlineData("""{"lat":91,"lng":1}""", "invalid", "/lat")]
    [InlineData("""{"lat":1,"lng":1e300}""", "invalid", "/lng")]
    [InlineData("""{"lat":1,"lng":"x"}""", "invalid", "/lng")]
    [InlineData("""{"lat":1,"lng":1,"at":"soon"}""", "invalid", "/at")]
    [InlineData("""{"lat":NaN,"lng":1}""", "invalid-json", "/lat")]
    public async Task Put_RefusesAndNamesTheField(string body, string code, string field)
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id));

        (await server.Admin.PutAsync($"/v1/helpers/{id}/position", body)).AssertProblem(400, code).AssertField(field);
    }

    [Fact]
    public async Task Put_IsNotFoundForStrangers()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id));
        ApiClient partner = await server.WithScopeAsync("partner:p-other");
        ApiClient device = await server.WithScopeAsync("helper:h-other");

        (await server.Admin.PutAsync("/v1/helpers/nobody/position", """{"lat":1,"lng":1}""")).AssertProblem(404, "not-found");
        (await partner.PutAsync($"/v1/helpers/{id}/position", """{"lat":1,"lng":1}""")).AssertProblem(404, "not-found");
        (await device.PutAsync($"/v1/helpers/{id}/position", """{"lat":1,"lng":1}""")).AssertProblem(404, "not-found");
        await AssertIsAtAsync(id, 40.75, -73.98);
    }

    [Fact]
    public async Task Stream_TakesGoodLinesAndNamesBadOnes()
    {
        string a = Examples.NewId("h");
        string b = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(a));
        await server.Admin.RegisterAsync(Examples.Helper(b));
        string inAMinute = DateTimeOffset.UtcNow.AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string body = string.Join('\n',
            Line(a, 40.761, -73.961),
            "nonsense",
            Line("nobody", 1, 1),
            "",
            Line(b, 40.762, -73.962),
            Line(a, 91, 1),
            new string(' ', 2000),
            Line(b, 40.763, -73.963, inAMinute) + "\r");

        Answered answer = (await StreamAsync(server.Admin, body)).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(3, answer.Json.GetProperty("accepted").GetInt64());
        Assert.Equal(4, answer.Json.GetProperty("rejected").GetInt64());
        Assert.Equal(
            ["2 invalid-json", "3 not-found", "6 invalid-position", "7 line-too-long"],
            answer.Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")} {error.GetProperty("code")}"));
        await AssertIsAtAsync(a, 40.761, -73.961);
        await AssertIsAtAsync(b, 40.763, -73.963);
    }

    [Fact]
    public async Task Stream_ReadsLinesThatArriveInPieces()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id));
        StringBuilder body = new();
        for (int i = 0; i < 20_000; i++)
        {
            body.Append(Line(id, 40 + i / 100_000.0, -73.9)).Append('\n');
        }

        Answered answer = (await StreamAsync(server.Admin, body.ToString())).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(20_000, answer.Json.GetProperty("accepted").GetInt64());
        Assert.Equal(0, answer.Json.GetProperty("rejected").GetInt64());
    }

    [Fact]
    public async Task Stream_NamesTheFirstHundredErrors()
    {
        Answered answer = (await StreamAsync(server.Admin, string.Concat(Enumerable.Repeat("x\n", 250)))).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(250, answer.Json.GetProperty("rejected").GetInt64());
        JsonElement errors = answer.Json.GetProperty("errors");
        Assert.Equal(100, errors.GetArrayLength());
        Assert.Equal(100, errors[99].GetProperty("line").GetInt64());
    }

    [Fact]
    public async Task Stream_TakesOnlyWhatIsTheCallersOwn()
    {
        string own = Examples.NewId("h");
        string other = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(own).With("partnerId", "p1"));
        await server.Admin.RegisterAsync(Examples.Helper(other));
        string body = $"{Line(own, 40.77, -73.95)}\n{Line(other, 40.77, -73.95)}\n";
        ApiClient partner = await server.WithScopeAsync("partner:p1");
        ApiClient device = await server.WithScopeAsync($"helper:{own}");

        foreach (ApiClient client in (ApiClient[])[partner, device, partner])
        {
            Answered answer = (await StreamAsync(client, body)).AssertStatus(HttpStatusCode.OK);
            Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt64());
            Assert.Equal("2 not-found", answer.Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")} {error.GetProperty("code")}").Single());
        }

        await AssertIsAtAsync(own, 40.77, -73.95);
        await AssertIsAtAsync(other, 40.75, -73.98);
    }

    /// <summary>A report is known by its own time, and a stream is too long to be kept.</summary>
    [Fact]
    public async Task Stream_IsReadWhateverItsIdempotencyKey()
    {
        foreach (double lat in (double[])[40.76, 40.77])
        {
            string id = Examples.NewId("h");
            await server.Admin.RegisterAsync(Examples.Helper(id));
            StringContent content = new(Line(id, lat, -73.97), Encoding.UTF8, "application/x-ndjson");
            Answered answer = await server.Admin.SendAsync(HttpMethod.Post, "/v1/positions", content, ("Idempotency-Key", "k"));
            Assert.Equal(1, answer.AssertStatus(HttpStatusCode.OK).Json.GetProperty("accepted").GetInt64());
            await AssertIsAtAsync(id, lat, -73.97);
        }
    }

    [Fact]
    public async Task Stream_MustBeNdjson() =>
        (await server.Admin.PostAsync("/v1/positions", "{}")).AssertProblem(415, "unsupported-media-type");

    private static string Line(string id, double lat, double lng, string? at = null) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $$"""{"helperId":"{{id}}","lat":{{lat}},"lng":{{lng}}{{(at is null ? "" : $",\"at\":\"{at}\"")}}}""");

    private static Task<Answered> StreamAsync(ApiClient client, string body)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return client.SendAsync(HttpMethod.Post, "/v1/positions", content);
    }

    private async Task AssertIsAtAsync(string id, double lat, double lng)
    {
        JsonElement position = (await server.Admin.GetAsync($"/v1/helpers/{id}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("position");
        Assert.Equal(lat, position.GetProperty("lat").GetDouble(), 6);
        Assert.Equal(lng, position.GetProperty("lng").GetDouble(), 6);
    }
}
