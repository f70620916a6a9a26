using System.Text.Json;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Tests.Commands;

public sealed class SimulateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Simulate_GivesOneTraceInEveryProcessAndAnotherForAnotherSeed()
    {
        string first = await Trace("first.json", "5");

        Assert.Matches("^[0-9a-f]{16}$", first);
        Assert.Equal(first, await Trace("second.json", "5"));
        Assert.NotEqual(first, await Trace("third.json", "6"));
    }

    [Fact]
    public async Task Simulate_ComparesPoliciesOnTheSameDays()
    {
        string json = _folder.At("out.json");
        Ended ended = await CommandLine.Run(
            "simulate", "--city", "nyc", "--scale", "0.003", "--helpers", "10", "--compare", "nearest,score", "--seeds", "2", "--seed", "4", "--json", json);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Matches("Key figure +nearest +score +score − nearest", ended.Output);
        Assert.All(KpiMetric.All, metric => Assert.Contains(metric.Title, ended.Output, StringComparison.Ordinal));
        Assert.Contains("2 seeds (4 to 5), 10 helpers on duty", ended.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(json, TestContext.Current.CancellationToken));
        AssertComparison(document.RootElement);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertComparison(JsonElement root)
    {
        Assert.Equal(["nearest", "score"], root.GetProperty("policies").EnumerateArray().Select(policy => policy.GetString()));
        Assert.Equal([4, 5], root.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        Assert.Equal(KpiMetric.All.Select(metric => metric.Name), root.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        JsonElement[] runs = [.. root.GetProperty("runs").EnumerateArray()];
        Assert.Equal(
            [("nearest", 4), ("nearest", 5), ("score", 4), ("score", 5)],
            runs.Select(run => (run.GetProperty("policy").GetString(), run.GetProperty("seed").GetInt32())));

        // Both policies face the same days.
        int[] requests = [.. runs.Select(run => run.GetProperty("kpis").GetProperty("overall").GetProperty("requests").GetInt32())];
        Assert.Equal(requests[..2], requests[2..]);
        JsonElement resolved = root.GetProperty("metrics").GetProperty("resolvedRate").GetProperty("score");
        double[] rates = [.. runs.Select(run => run.GetProperty("kpis").GetProperty("overall").GetProperty("resolvedRate").GetDouble())];
        Assert.Equal((rates[2] + rates[3]) / 2, resolved.GetProperty("mean").GetDouble(), 1e-5);
        Assert.Equal((rates[2] - rates[0] + rates[3] - rates[1]) / 2, resolved.GetProperty("difference").GetDouble(), 1e-5);
    }

    private async Task<string> Trace(string name, string seed)
    {
        Ended ended = await CommandLine.Run("simulate", "--city", "nyc", "--scale", "0.02", "--helpers", "60", "--seed", seed, "--json", _folder.At(name));
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.At(name), TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty("traceHash").GetString() ?? "";
    }
}
