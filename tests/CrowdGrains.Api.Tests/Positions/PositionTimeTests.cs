using System.Globalization;
using System.Net;
using System.Text;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Positions;

/// <summary>A position from the future would make every later one late, and silence the helper.</summary>
public sealed class PositionTimeTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ApiServer _server;

    public PositionTimeTests() => _server = new ApiServer { Clock = _clock };

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(86_400)]
    [InlineData(200_000_000_000)]
    public async Task Put_RefusesATimeFromTheFuture(long secondsAhead)
    {
        (await _server.Admin.PutAsync("/v1/helpers/h1/position", $$"""{"lat":40.76,"lng":-73.97,"at":"{{At(secondsAhead)}}"}"""))
            .AssertProblem(400, "invalid").AssertField("/at");

        (await _server.Admin.PutAsync("/v1/helpers/h1/position", $$"""{"lat":40.77,"lng":-73.96,"at":"{{At(0)}}"}""")).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(40.77, await LatAsync(), 6);
    }

    [Fact]
    public async Task Put_TakesTheTimeOfAClockThatIsAlmostRight()
    {
        (await _server.Admin.PutAsync("/v1/helpers/h1/position", $$"""{"lat":40.76,"lng":-73.97,"at":"{{At(300)}}"}""")).AssertStatus(HttpStatusCode.NoContent);

        Assert.Equal(40.76, await LatAsync(), 6);
    }

    [Fact]
    public async Task Stream_RejectsLinesFromTheFuture()
    {
        string[] lines =
        [
            $$"""{"helperId":"h1","lat":40.7,"lng":-73.9,"at":"{{At(301)}}"}""",
            $$"""{"at":"{{At(86_400)}}", "helperId":"h1","lat":40.7,"lng":-73.9}""",
            $$"""{"helperId":"h1","lat":40.76,"lng":-73.9,"at":"{{At(300)}}"}""",
            """{"helperId":"h1","lat":40.7,"lng":-73.9,"at":"2026-01-15T08:00:00"}""",
            """{"helperId":"h1","lat":40.7,"lng":-73.9,"at":"2026-01-15"}""",
        ];
        StringContent content = new(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");

        Answered answer = (await _server.Admin.SendAsync(HttpMethod.Post, "/v1/positions", content)).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(
            ["1 invalid-time", "2 invalid-time", "4 invalid", "5 invalid"],
            answer.Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")} {error.GetProperty("code")}"));
        Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt64());
        Assert.Equal(40.76, await LatAsync(), 6);
    }

    private string At(long secondsAhead) => _clock.GetUtcNow().AddSeconds(secondsAhead).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private async Task<double> LatAsync() =>
        (await _server.Admin.GetAsync("/v1/helpers/h1")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("position").GetProperty("lat").GetDouble();
}
