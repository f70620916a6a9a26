using CrowdGrains.Benchmarks.Engine;
using CrowdGrains.ClusterBenchmarks;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing.Postgres;

// One silo, beside the embedded engine on PostgreSQL and what Orleans can do at all; the database and the generator are on the same cores.
// `raw positions dispatch memory embedded-positions embedded-dispatch`, or all of them when none is named; each prints one row of a table.
const int Helpers = 50_000;

// Half of them have the skill, and each takes one request of the 34,000.
const int HelpersToDispatch = 100_000;

using PostgresServer server = new();
if (!server.TryStart(out string whyNot))
{
    Console.Error.WriteLine(whyNot);
    return 2;
}

(string Name, Func<Task<string>> Run)[] all =
[
    ("raw", RawRung.RunAsync),
    ("positions", () => PositionsRung.RunAsync(OpenSiloAsync, Helpers)),
    ("dispatch", () => DispatchRung.SaturateAsync(OpenSiloAsync, HelpersToDispatch)),
    ("memory", () => MemoryRung.RunAsync(OpenSiloAsync, Helpers)),
    ("embedded-positions", () => PositionsRung.RunAsync(OpenEmbeddedAsync, Helpers)),
    ("embedded-dispatch", () => DispatchRung.SaturateAsync(OpenEmbeddedAsync, HelpersToDispatch)),
];
if (args.FirstOrDefault(name => !all.Any(rung => rung.Name == name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no rung {unknown}; there are {string.Join(", ", all.Select(rung => rung.Name))}.");
    return 1;
}

foreach ((string name, Func<Task<string>> run) in all.Where(rung => args.Length == 0 || args.Contains(rung.Name)))
{
    Console.WriteLine($"| {name} | {await run()} |");
}

return 0;

async Task<EngineTown> OpenSiloAsync() => new(await SiloTownEngine.StartAsync(server.CreateDatabase()));

Task<EngineTown> OpenEmbeddedAsync() => Task.FromResult(new EngineTown(new EmbeddedTownEngine(PostgresStore.Open(server.CreateDatabase()), EngineTown.StayOnline)));
