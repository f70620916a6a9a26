using System.Diagnostics;
using System.Text;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Tests.Moves;

/// <summary><c>crowdgrains-silo import</c>, as a process of its own.</summary>
public sealed class ImportCommandTests(PostgresServer server) : IDisposable
{
    private const int Input = 2;
    private const int Different = 3;
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    private string Exported => Path.Combine(_folder.FullName, "store.file");

    [Fact]
    public async Task Import_FillsAnEmptyDatabaseOnce_AndVerifySeesWhetherItIsTheSame()
    {
        string database = CreateDatabase();
        StoreContents exported = Export();

        (int code, string output, string error) = await RunAsync("import", Exported, "--postgres", database);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"1 grains{Environment.NewLine}", output, StringComparison.Ordinal);
        Assert.Contains($"SHA-256 of the contents: {exported.Hash}", output, StringComparison.Ordinal);
        Assert.Contains("up to event 0. The database was read back: counts and hashes are equal.", output, StringComparison.Ordinal);

        (code, output, error) = await RunAsync("import", Exported, "--postgres", database, "--verify");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("counts and hashes are equal", output, StringComparison.Ordinal);

        (code, _, error) = await RunAsync("import", Exported, "--postgres", database);
        Assert.Equal(Input, code);
        Assert.Contains("is not empty, it has rows in grains (1)", error, StringComparison.Ordinal);

        Execute(database, "UPDATE grains SET version = version + 1");
        (code, _, error) = await RunAsync("import", Exported, "--postgres", database, "--verify");
        Assert.Equal(Different, code);
        Assert.Contains("grains: rows are different", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("foreign", "is not a file that crowdgrains export wrote")]
    [InlineData("not migrated", "crowdgrains-silo migrate brings it there")]
    [InlineData("nowhere", "cannot be reached")]
    [InlineData("no database", "--postgres is missing")]
    public async Task Import_EndsWithACodeAndASentence(string what, string culprit)
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        if (what == "foreign")
        {
            await File.WriteAllTextAsync(Exported, "Somebody wrote this.", TestContext.Current.CancellationToken);
        }
        else if (what != "missing")
        {
            Export();
        }

        string[] database = what switch
        {
            "no database" => [],
            "nowhere" => ["--postgres", Nowhere],
            "not migrated" => ["--postgres", server.CreateDatabase()],
            _ => ["--postgres", CreateDatabase()],
        };
        (int code, string output, string error) = await RunAsync(["import", Exported, .. database]);

        Assert.Equal(Input, code);
        Assert.Contains(culprit, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "crowdgrains-silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("CROWDGRAINS_POSTGRES");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"\"crowdgrains-silo {string.Join(' ', arguments)}\" did not end within {Limit}");
        }
    }

    private static void Execute(string database, string sql)
    {
        using NpgsqlConnection connection = new(database + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private StoreContents Export()
    {
        string data = Path.Combine(_folder.FullName, "data");
        using (SqliteStore store = SqliteStore.Open(data))
        {
            store.Write(new StoreBatch { Grains = { new GrainRow(Ids.Anna, 7, new byte[] { 1, 2, 3 }, null) } });
        }

        return StoreExport.FromSqlite(data, Exported);
    }

    private string CreateDatabase()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        return database;
    }
}
