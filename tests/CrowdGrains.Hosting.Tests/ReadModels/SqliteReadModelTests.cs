using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;

namespace CrowdGrains.Hosting.Tests.ReadModels;

public sealed class SqliteReadModelTests : ReadModelTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    internal override IExclusiveStore OpenStore() => SqliteStore.Open(_folder.FullName);

    protected override void Clean() => _folder.Delete(recursive: true);
}

public sealed class SqliteReadModelHistoryTests : ReadModelHistoryTests
{
    private readonly DirectoryInfo _folder;

    public SqliteReadModelHistoryTests()
        : this(Directory.CreateTempSubdirectory("crowdgrains-"))
    {
    }

    private SqliteReadModelHistoryTests(DirectoryInfo folder)
        : base(SqliteStore.Open(folder.FullName)) => _folder = folder;

    protected override void Clean() => _folder.Delete(recursive: true);
}
