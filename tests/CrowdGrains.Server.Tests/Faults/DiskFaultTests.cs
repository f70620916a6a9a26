using System.Net;
using CrowdGrains.Server.Tests.Commands;

namespace CrowdGrains.Server.Tests.Faults;

/// <summary>A real server on a real file system that has no room, or may not be written.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private const int Megabytes = 16;
    private const int MaxCalls = 2000;

    private readonly SmallDisk _disk = new(Megabytes);

    [Fact]
    public async Task FullDisk_IsSaidAndNothingAnsweredIsLost()
    {
        Assert.SkipUnless(_disk.IsThere, "a file system in memory cannot be mounted here");
        List<string> answered = [];
        string? key;
        await using (Served server = await Served.StartAsync(_disk.At("data")))
        {
            key = server.Key;
            Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server, "h0", key));
            _disk.Fill();
            await UntilRefusedAsync(server, key, answered);

            (HttpStatusCode status, string? code, TimeSpan? retryAfter) = await server.RefusalAsync(HttpMethod.Post, "/v1/helpers", Helper("late"), key);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable", TimeSpan.FromSeconds(1)), (status, code, retryAfter));
            Assert.Equal(HttpStatusCode.NoContent, await server.GetAsync("/healthz/live", null));
            await server.ReadyAsync(HttpStatusCode.ServiceUnavailable);

            _disk.Free();
            await server.ReadyAsync(HttpStatusCode.NoContent);
            await AssertThereAsync(server, key, ["h0", .. answered]);
            Assert.Equal(HttpStatusCode.NotFound, await server.GetAsync("/v1/helpers/late", key));
            Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server, "after", key));
            await server.KillAsync();
        }

        await using Served again = await Served.StartAsync(_disk.At("data"));
        await AssertThereAsync(again, key, [.. answered, "after"]);
    }

    [Fact]
    public async Task ServerThatIsKilledOnAFullDisk_ServesWhenThereIsRoom()
    {
        Assert.SkipUnless(_disk.IsThere, "a file system in memory cannot be mounted here");
        List<string> answered = [];
        string? key;
        await using (Served server = await Served.StartAsync(_disk.At("data")))
        {
            key = server.Key;
            _disk.Fill();
            await UntilRefusedAsync(server, key, answered);
            await server.KillAsync();
        }

        _disk.Free();
        await using Served again = await Served.StartAsync(_disk.At("data"));
        await AssertThereAsync(again, key, answered);
    }

    [Fact]
    public async Task ReadOnlyDisk_IsSaidAtTheStartAndLosesNothing()
    {
        Assert.SkipUnless(_disk.IsThere, "a file system in memory cannot be mounted here");
        string? key;
        await using (Served server = await Served.StartAsync(_disk.At("data")))
        {
            key = server.Key;
            Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server, "h0", key));
            await server.KillAsync();
        }

        _disk.MakeReadOnly();
        Ended refused = await CommandLine.Run("serve", "--urls", "http://127.0.0.1:0", "--data", _disk.At("data"));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("cannot be used", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.Trim().Split('\n'));

        _disk.MakeWritable();
        await using Served again = await Served.StartAsync(_disk.At("data"));
        await AssertThereAsync(again, key, ["h0"]);
    }

    public void Dispose() => _disk.Dispose();

    private static async Task UntilRefusedAsync(Served server, string? key, List<string> answered)
    {
        for (int call = 1; call <= MaxCalls; call++)
        {
            HttpStatusCode status = await RegisterAsync(server, $"full-{call}", key);
            if (status == HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.Created, status);
            answered.Add($"full-{call}");
        }

        Assert.Fail($"{MaxCalls} writes found room on a full disk.");
    }

    private static async Task AssertThereAsync(Served server, string? key, IEnumerable<string> helpers)
    {
        foreach (string helper in helpers)
        {
            Assert.Equal((helper, HttpStatusCode.OK), (helper, await server.GetAsync($"/v1/helpers/{helper}", key)));
        }
    }

    private static Task<HttpStatusCode> RegisterAsync(Served server, string id, string? key) => server.PostAsync("/v1/helpers", Helper(id), key);

    private static string Helper(string id) => $$"""{"id":"{{id}}","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000}""";
}
