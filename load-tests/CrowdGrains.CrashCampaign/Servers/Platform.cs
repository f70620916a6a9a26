using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.CrashCampaign.Servers;

internal enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>What outlives the server: its data, in a folder or a PostgreSQL of its own; gone when disposed.</summary>
internal sealed class Platform : IDisposable
{
    private const string Catalogue = "Crowds/campaign-catalogue.json";

    /// <summary>A silo has two pools, its own and Orleans'; three silos with pools of the usual size would use up the hundred connections that PostgreSQL has.</summary>
    private const string ShareOfConnections = ";Maximum Pool Size=12";

    private readonly string _folder = Directory.CreateTempSubdirectory("crowdgrains-crash-").FullName;
    private readonly PostgresServer? _postgres;
    private readonly string? _connection;

    private Platform(PostgresServer? postgres, bool isShared)
    {
        _postgres = postgres;
        _connection = postgres is null ? null : postgres.CreateDatabase() + (isShared ? ShareOfConnections : "");
        string catalogue = Path.Combine(_folder, "catalogue.json");
        using (Stream from = typeof(Platform).Assembly.GetManifestResourceStream(Catalogue) ?? throw new InvalidOperationException($"{Catalogue} is missing."))
        using (FileStream to = File.Create(catalogue))
        {
            from.CopyTo(to);
        }

        string[] store = _connection is { } database ? ["--postgres", database] : ["--data", Data];
        Arguments = [.. store, "--catalogue", catalogue, "--allow-private-webhooks", "--allow-http-webhooks"];
    }

    /// <summary>What every program is started with.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public string AdminKey { get; } = $"campaign-{Guid.NewGuid():N}";

    /// <summary>The connection string of the database.</summary>
    /// <exception cref="InvalidOperationException">The store is a folder.</exception>
    public string Database => _connection ?? throw new InvalidOperationException("The store is a folder.");

    private string Data => Path.Combine(_folder, "data");

    /// <param name="isShared">Several processes share the database.</param>
    /// <exception cref="PlatformException">PostgreSQL cannot be started here.</exception>
    public static Platform Create(StoreKind kind, bool isShared)
    {
        if (kind == StoreKind.Sqlite)
        {
            return new(null, isShared: false);
        }

        PostgresServer postgres = new();
        return postgres.TryStart(out string whyNot) ? new(postgres, isShared) : throw new PlatformException($"--store postgres: {whyNot}.");
    }

    /// <summary>Whether the store is a server of its own, which may stop while ours runs.</summary>
    public bool MayStopStore => _postgres is not null;

    /// <param name="isCrash">It gets to do nothing more, and recovers when it starts again.</param>
    public void StopStore(bool isCrash)
    {
        if (isCrash)
        {
            _postgres?.Crash();
        }
        else
        {
            _postgres?.Stop();
        }
    }

    public void StartStore() => _postgres?.Start();

    /// <summary>Opens the store while no server runs.</summary>
    public IStore OpenStore() => _connection is { } connection ? PostgresStore.Open(connection) : SqliteStore.Open(Data);

    public void Dispose()
    {
        _postgres?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What the campaign needs is not there.</summary>
internal sealed class PlatformException(string message) : Exception(message);
