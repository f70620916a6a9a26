using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Hosting.Tests.ReadModels;

public sealed class PostgresReadModelTests(PostgresServer server) : ReadModelTests
{
    internal override IExclusiveStore OpenStore() => Open(server);

    internal static PostgresStore Open(PostgresServer server)
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        return PostgresStore.Open(server.CreateDatabase());
    }
}

public sealed class PostgresReadModelHistoryTests(PostgresServer server) : ReadModelHistoryTests(PostgresReadModelTests.Open(server))
{
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public Task Models_OfTwoProcessesSayTheSame(int seed) => CheckPairAsync(seed);
}
