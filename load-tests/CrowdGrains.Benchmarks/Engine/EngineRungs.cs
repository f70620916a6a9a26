namespace CrowdGrains.Benchmarks.Engine;

/// <summary>
/// The rung "embedded engine": whole engines under load, generator and engine on the same cores. <c>engine positions search dispatch
/// latency hotcell memory restart</c>, or all of them when none is named; each prints one row of a table.
/// </summary>
internal static class EngineRungs
{
    private static readonly (string Name, Func<Task<string>> Run)[] All =
    [
        ("positions", PositionsRung.RunAsync),
        ("search", SearchRung.RunAsync),
        ("dispatch", DispatchRung.SaturateAsync),
        ("latency", DispatchRung.MeasureLatencyAsync),
        ("hotcell", HotCellRung.RunAsync),
        ("memory", MemoryRung.RunAsync),
        ("restart", RestartRung.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] names)
    {
        if (names.FirstOrDefault(name => !All.Any(rung => rung.Name == name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no rung {unknown}; there are {string.Join(", ", All.Select(rung => rung.Name))}.");
            return 1;
        }

        foreach ((string name, Func<Task<string>> run) in All.Where(rung => names.Length == 0 || names.Contains(rung.Name)))
        {
            string row = await run();
            Console.WriteLine($"| {name} | {row} |");
        }

        return 0;
    }
}
