using System.Globalization;

namespace CrowdGrains.Testing.Postgres;

/// <summary>
/// A real PostgreSQL server for tests, on 127.0.0.1 and a free port, with its data in a temporary folder; started when first asked for,
/// stopped and gone when disposed. Serves as an assembly fixture.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const int Attempts = 5;

    /// <summary>Tests run side by side, and some of them run several silos.</summary>
    private const int Connections = 400;

    private readonly Lock _lock = new();
    private string? _folder;
    private string? _whyNot;
    private int _port;
    private int _databases;

    /// <summary>Starts the server unless it was started before. Says why it cannot be: tests that need it are skipped then.</summary>
    public bool TryStart(out string whyNot)
    {
        lock (_lock)
        {
            if (_folder is null && _whyNot is null)
            {
                _whyNot = PostgresTools.Find() is null ? "PostgreSQL's programs are not installed" : null;
                if (_whyNot is null)
                {
                    Create();
                }
            }

            whyNot = _whyNot ?? "";
            return _folder is not null;
        }
    }

    /// <summary>A new and empty database.</summary>
    /// <returns>The connection string.</returns>
    public string CreateDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        PostgresTools.Run("createdb", "-h", "127.0.0.1", "-p", Port, "-U", "postgres", name);
        return $"Host=127.0.0.1;Port={Port};Username=postgres;Database={name}";
    }

    /// <summary>Stops the server and breaks its connections; the data stays.</summary>
    public void Stop() => PostgresTools.Run("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    /// <summary>Stops it as a crash does: it recovers when it starts again.</summary>
    public void Crash() => PostgresTools.Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Starts it again, on the same port.</summary>
    public void Start() => PostgresTools.Run(
        "pg_ctl", "-D", Data, "-w", "-t", "30", "-l", Path.Combine(Folder, "log"), "-o", $"-h 127.0.0.1 -p {Port} -k {Folder} -c max_connections={Connections}", "start");

    public void Dispose()
    {
        if (_folder is null)
        {
            return;
        }

        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            PostgresTools.Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }

        Directory.Delete(_folder, recursive: true);
        _folder = null;
    }

    private string Folder => _folder ?? throw new InvalidOperationException("The server was not started.");

    private string Data => Path.Combine(Folder, "data");

    private string Port => _port.ToString(CultureInfo.InvariantCulture);

    private void Create()
    {
        _folder = PostgresTools.MakeFolder();
        PostgresTools.Run("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        for (int attempt = 1; ; attempt++)
        {
            _port = FreePort.Next();
            try
            {
                Start();
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // Somebody else took the port in between.
            }
        }
    }
}
