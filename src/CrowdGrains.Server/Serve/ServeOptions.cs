using CrowdGrains.Api;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Web;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Serve;

/// <summary>What a server is started with.</summary>
/// <param name="Urls">Where it listens, separated by semicolons.</param>
/// <param name="DataFolder">Where the data is, unless it is in PostgreSQL.</param>
/// <param name="Postgres">The connection string of a PostgreSQL database; null keeps the data in the folder.</param>
/// <param name="AdminKey">The secret of an admin key, from the environment; null when there is none.</param>
internal sealed record ServeOptions(string Urls, string DataFolder, string? Postgres, DispatchPolicy Policy, Catalogue Catalogue, string? AdminKey)
{
    public DispatchOptions Dispatch { get; init; } = new();

    public EmbeddedOptions Engine { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public ConsoleOptions Console { get; init; } = new();

    /// <summary>The clock of the grains, chosen when the store is open. Default: the system's.</summary>
    public Func<IStore, TimeProvider> Clock { get; init; } = _ => TimeProvider.System;

    /// <summary>Where warnings and errors go. Default: null, to the console.</summary>
    public ILoggerProvider? Log { get; init; }
}
