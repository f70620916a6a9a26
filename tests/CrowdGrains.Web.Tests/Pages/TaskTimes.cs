using System.Text.Json;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>
/// How long the tasks of a page's main thread took: time of the processor, as Chromium traced it. By the clock, a task would also seem to
/// take what the machine did for others meanwhile.
/// </summary>
internal sealed record TaskTimes(int Count, TimeSpan Longest)
{
    private const string Mark = "the main thread is here";

    public static async Task<TaskTimes> WatchAsync(IBrowserContext context, IPage page, TimeSpan span)
    {
        List<JsonElement> events = [];
        TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ICDPSession session = await context.NewCDPSessionAsync(page);
        session.Event("Tracing.dataCollected").OnEvent += (_, data) => events.AddRange(data!.Value.GetProperty("value").EnumerateArray());
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => complete.TrySetResult();
        await session.SendAsync("Tracing.start", new Dictionary<string, object> { ["categories"] = "toplevel,blink.user_timing,disabled-by-default-devtools.timeline" });
        await page.EvaluateAsync($"performance.mark('{Mark}')");
        await page.WaitForTimeoutAsync((float)span.TotalMilliseconds);
        await session.SendAsync("Tracing.end");
        await complete.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        (int Process, int Thread) main = ThreadOf(events.First(happened => happened.GetProperty("name").GetString() == Mark));
        long[] microseconds = [.. events
            .Where(happened => happened.GetProperty("name").GetString() is { } name && name.EndsWith("RunTask", StringComparison.Ordinal) && ThreadOf(happened) == main)
            .Select(happened => happened.TryGetProperty("tdur", out JsonElement spent) ? spent.GetInt64() : 0)];
        Assert.NotEmpty(microseconds);
        return new TaskTimes(microseconds.Length, TimeSpan.FromMicroseconds(microseconds.Max()));
    }

    private static (int Process, int Thread) ThreadOf(JsonElement happened) => (happened.GetProperty("pid").GetInt32(), happened.GetProperty("tid").GetInt32());
}
