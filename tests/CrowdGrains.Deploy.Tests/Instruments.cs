using System.Diagnostics.Metrics;
using CrowdGrains.Api;
using CrowdGrains.Api.Keys;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Deploy.Tests;

/// <summary>Every instrument that there is in a running server, and in the driver of PostgreSQL: found by listening.</summary>
public sealed class Instruments : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "_seconds",
        ["ms"] = "_milliseconds",
        ["By"] = "_bytes",
    };

    private readonly Dictionary<string, Instrument> _found = new(StringComparer.Ordinal);

    /// <summary>By their own names.</summary>
    public IReadOnlyDictionary<string, Instrument> Found => _found;

    /// <summary>The series that Prometheus has of them.</summary>
    public IReadOnlySet<string> Series => _found.Values.SelectMany(SeriesOf).ToHashSet(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        using MeterListener listener = new() { InstrumentPublished = (instrument, _) => Add(instrument) };
        listener.Start();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crowdgrains-instruments-");
        using (SqliteStore store = SqliteStore.Open(folder.FullName))
        {
            await using NpgsqlDataSource postgres = NpgsqlDataSource.Create("Host=127.0.0.1");
            await using EmbeddedEngine engine = EmbeddedEngine.Start(
                store, new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions()), new EmbeddedOptions { Shards = 1 }, TimeProvider.System);
            await using ReadModel reads = await ReadModel.StartAsync(engine, store, new ReadModelOptions());
            KeyRing keys = await KeyRing.OpenAsync(engine, store, "an-admin-key-of-the-tests");
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddCrowdGrainsApi(engine, store, reads, keys);
            await using WebApplication app = builder.Build().MapCrowdGrainsApi();
            await app.StartAsync();
            await app.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// As OTLP's names become Prometheus': dots become underscores, the unit is added, an annotation in braces is none; a counter ends in
    /// _total, a histogram has buckets, a sum and a count.
    /// </summary>
    public static IEnumerable<string> SeriesOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_') + Units.GetValueOrDefault(instrument.Unit ?? "", "");
        string kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [name + "_bucket", name + "_sum", name + "_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? [name + "_total"]
            : [name];
    }

    private void Add(Instrument instrument)
    {
        lock (_found)
        {
            _found.TryAdd(instrument.Name, instrument);
        }
    }
}
