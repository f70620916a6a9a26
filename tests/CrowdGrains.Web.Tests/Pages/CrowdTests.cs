using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>Ten thousand helpers in two thousand cells, all of them moving.</summary>
public sealed class CrowdTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    private const int Helpers = 10_000;
    private const int Cells = 2000;
    private const double South = 40.55, North = 40.85, West = -74.25, East = -73.65;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongestTask = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Map_StaysSmooth()
    {
        await using IBrowserContext office = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        Random random = new(1);
        (double Lat, double Lng)[] places = [.. Enumerable.Range(0, Helpers)
            .Select(_ => (South + (random.NextDouble() * (North - South)), West + (random.NextDouble() * (East - West))))];
        await Parallel.ForAsync(0, Helpers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            await server.AddHelperAsync($"h{i}", $"Helper {i}", places[i].Lat, places[i].Lng));
        ConsolePage console = await ConsolePage.OpenSignedInAsync(
            office, server, string.Create(CultureInfo.InvariantCulture, $"/?at={(South + North) / 2:F4},{(West + East) / 2:F4},10.61"));
        int cells = 0;
        console.Page.Response += async (_, response) =>
        {
            if (response.Url.Contains("/v1/cells", StringComparison.Ordinal) && response.Ok)
            {
                cells = Math.Max(cells, (await response.JsonAsync())!.Value.GetProperty("cells").GetArrayLength());
            }
        };
        await Assertions.Expect(console.Page.GetByText("10\u202f000 on duty")).ToBeVisibleAsync();
        await console.Page.WaitForTimeoutAsync(10_000);

        using CancellationTokenSource watched = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task moving = MoveAsync(places, random, watched.Token);
        TaskTimes times = await TaskTimes.WatchAsync(office, console.Page, Watched);
        await watched.CancelAsync();
        await moving;

        await console.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", "crowd-1920-light.png") });
        TestContext.Current.TestOutputHelper?.WriteLine($"{times.Count} tasks, the longest {times.Longest.TotalMilliseconds:F0} ms; {cells} cells");
        Assert.True(cells >= Cells, $"{cells} cells were asked for");
        Assert.True(times.Longest <= LongestTask, $"the longest task took {times.Longest.TotalMilliseconds:F0} ms");
        Assert.Empty(console.Complaints);
    }

    /// <summary>Everybody reports a new place every other second, and a request comes in between.</summary>
    private async Task MoveAsync((double Lat, double Lng)[] places, Random random, CancellationToken cancellation)
    {
        using HttpClient http = new() { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminKey);
        for (int round = 0; !cancellation.IsCancellationRequested; round++)
        {
            StringBuilder lines = new();
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = (places[i].Lat + ((random.NextDouble() - 0.5) * 0.002), places[i].Lng + ((random.NextDouble() - 0.5) * 0.002));
                lines.Append(CultureInfo.InvariantCulture, $"{{\"helperId\":\"h{i}\",\"lat\":{places[i].Lat},\"lng\":{places[i].Lng}}}\n");
            }

            using StringContent body = new(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
            using HttpResponseMessage answer = await http.PostAsync("/v1/positions", body, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
            await server.SubmitAsync($"crowd-{round}", places[round].Lat, places[round].Lng);
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
