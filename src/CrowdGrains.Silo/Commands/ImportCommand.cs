using System.CommandLine;
using System.Globalization;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Silo.Serve;

namespace CrowdGrains.Silo.Commands;

/// <summary><c>crowdgrains-silo import</c>: puts what <c>crowdgrains export</c> wrote into the empty database of a cluster, or compares the two.</summary>
internal static class ImportCommand
{
    /// <summary>The database does not hold what the file holds.</summary>
    private const int Different = 3;

    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A file that crowdgrains export wrote." };
        Option<string?> postgres = SiloArguments.Postgres();
        Option<bool> verify = new("--verify") { Description = "Compares the database with the file, before a silo has changed it, and writes nothing." };
        Command command = new("import", "Puts a store that crowdgrains export wrote into a database that migrate has prepared and that is empty and not in use: all of it or nothing.")
        {
            file, postgres, verify,
        };
        command.SetAction(parsed =>
        {
            string database = SiloArguments.Database(parsed, postgres);
            string path = parsed.GetRequiredValue(file).ToString();
            if (!ClusterSchema.IsCurrent(database))
            {
                throw new InputException("The schema of the database is not up to date: crowdgrains-silo migrate brings it there.");
            }

            return parsed.GetValue(verify) ? Verify(path, database) : Import(path, database);
        });
        return command;
    }

    private static int Import(string path, string database)
    {
        StoreContents contents = StoreImport.Run(path, database, Tell);
        Write(contents);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"imported: {path}, schema {contents.Schema}, up to event {contents.LastSequence:#,0}. The database was read back: counts and hashes are equal."));
        return SiloCommand.Success;
    }

    private static int Verify(string path, string database)
    {
        (StoreContents contents, IReadOnlyList<string> differences) = StoreImport.Compare(path, database, Tell);
        Write(contents);
        if (differences.Count == 0)
        {
            Console.WriteLine($"The database holds what {path} holds: counts and hashes are equal.");
            return SiloCommand.Success;
        }

        Console.Error.WriteLine($"The database does not hold what {path} holds: {string.Join("; ", differences)}.");
        return Different;
    }

    private static void Write(StoreContents contents)
    {
        foreach (string line in contents.Lines)
        {
            Console.WriteLine(line);
        }
    }

    private static void Tell(string table, long rows) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:#,0} …"));
}
