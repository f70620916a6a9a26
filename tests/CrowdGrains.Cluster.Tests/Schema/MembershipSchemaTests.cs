using System.Net;
using Orleans.Messaging;

namespace CrowdGrains.Cluster.Tests.Schema;

/// <summary>The list of silos does what Orleans' membership rests on; asked by Orleans' own class.</summary>
public sealed class MembershipSchemaTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private static readonly DateTime Start = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Initialize_MakesTheFirstVersionOnce()
    {
        string cluster = database.NewName();
        IMembershipTable table = await database.OpenMembershipAsync(cluster);
        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.True(await table.InsertRowAsync(Silo(1), data.Version.Next(), Token));

        IMembershipTable again = await database.OpenMembershipAsync(cluster);

        Assert.Equal((0, 1), (data.Version.Version, (await again.ReadAllAsync(Token)).Version.Version));
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task InsertRow_AddsTheSiloAndMakesTheNextVersion()
    {
        IMembershipTable table = await OpenAsync();

        Assert.True(await table.InsertRowAsync(Silo(1), await NextAsync(table), Token));
        Assert.True(await table.InsertRowAsync(Silo(2), await NextAsync(table), Token));

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((2, 2), (data.Version.Version, data.Members.Count));
        MembershipEntry read = data.Members.Single(member => member.Item1.SiloAddress.Equals(Address(1))).Item1;
        MembershipEntry written = Silo(1);
        Assert.Equal(
            (written.SiloName, written.HostName, written.Status, written.ProxyPort, written.StartTime, written.IAmAliveTime),
            (read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime));
        Assert.Equal(DateTimeKind.Utc, read.StartTime.Kind);
        Assert.Null(read.SuspectTimes);
    }

    [Fact]
    public async Task InsertRow_IsRefusedWhenTheVersionIsNotTheLast()
    {
        IMembershipTable table = await OpenAsync();
        TableVersion seen = await NextAsync(table);
        Assert.True(await table.InsertRowAsync(Silo(1), seen, Token));

        Assert.False(await table.InsertRowAsync(Silo(2), seen, Token));

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((1, 1), (data.Version.Version, data.Members.Count));
    }

    [Fact]
    public async Task InsertRow_IsRefusedWhenTheSiloIsThere()
    {
        IMembershipTable table = await OpenAsync();
        Assert.True(await table.InsertRowAsync(Silo(1), await NextAsync(table), Token));

        MembershipEntry other = Silo(1);
        other.HostName = "other";
        Assert.False(await table.InsertRowAsync(other, await NextAsync(table), Token));

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((1, "host-1"), (data.Version.Version, data.Members.Single().Item1.HostName));
    }

    [Fact]
    public async Task InsertRow_LetsOneOfManyThatSawTheSameVersionThrough()
    {
        IMembershipTable table = await OpenAsync();
        TableVersion seen = await NextAsync(table);

        bool[] added = await Task.WhenAll(Enumerable.Range(1, 16).Select(silo => table.InsertRowAsync(Silo(silo), seen, Token)));

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((1, 1, 1), (added.Count(done => done), data.Version.Version, data.Members.Count));
    }

    [Fact]
    public async Task UpdateRow_ChangesTheSiloAndMakesTheNextVersion()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        MembershipTableData seen = await table.ReadAllAsync(Token);
        MembershipEntry changed = Silo(1);
        changed.Status = SiloStatus.Dead;
        changed.IAmAliveTime = Start.AddMinutes(1);
        changed.AddSuspector(Address(2), Start.AddSeconds(30));
        changed.AddSuspector(Address(3), Start.AddSeconds(40));

        Assert.True(await table.UpdateRowAsync(changed, ETag(seen), seen.Version.Next(), Token));

        MembershipTableData data = await table.ReadAllAsync(Token);
        MembershipEntry read = data.Members.Single().Item1;
        Assert.Equal((2, SiloStatus.Dead, Start.AddMinutes(1)), (data.Version.Version, read.Status, read.IAmAliveTime));
        Assert.Equal(changed.SuspectTimes, read.SuspectTimes);
        Assert.Equal(("silo-1", 30_001), (read.SiloName, read.ProxyPort));
    }

    [Fact]
    public async Task UpdateRow_IsRefusedWhenTheVersionIsNotTheLast()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        MembershipTableData seen = await table.ReadAllAsync(Token);
        Assert.True(await table.UpdateRowAsync(Silo(1), ETag(seen), seen.Version.Next(), Token));

        MembershipEntry changed = Silo(1);
        changed.Status = SiloStatus.Dead;
        Assert.False(await table.UpdateRowAsync(changed, ETag(seen), seen.Version.Next(), Token));

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((2, SiloStatus.Active), (data.Version.Version, data.Members.Single().Item1.Status));
    }

    [Fact]
    public async Task UpdateRow_LetsOneOfManyThatSawTheSameVersionThrough()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        MembershipTableData seen = await table.ReadAllAsync(Token);

        bool[] changed = await Task.WhenAll(
            Enumerable.Range(1, 16).Select(_ => table.UpdateRowAsync(Silo(1), ETag(seen), seen.Version.Next(), Token)));

        Assert.Equal((1, 2), (changed.Count(done => done), (await table.ReadAllAsync(Token)).Version.Version));
    }

    [Fact]
    public async Task UpdateRow_IsRefusedWhenTheSiloIsNotThere()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        MembershipTableData seen = await table.ReadAllAsync(Token);

        Assert.False(await table.UpdateRowAsync(Silo(2), ETag(seen), seen.Version.Next(), Token));

        Assert.Equal(1, (await table.ReadAllAsync(Token)).Version.Version);
    }

    [Fact]
    public async Task UpdateIAmAlive_ChangesTheTimeAlone()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        await table.InsertRowAsync(Silo(2), await NextAsync(table), Token);
        MembershipEntry alive = Silo(1);
        alive.Status = SiloStatus.Dead;
        alive.IAmAliveTime = Start.AddHours(1);

        await table.UpdateIAmAliveAsync(alive, Token);

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal(2, data.Version.Version);
        Assert.Equal(
            [(SiloStatus.Active, Start.AddHours(1)), (SiloStatus.Active, Start)],
            data.Members.OrderBy(member => member.Item1.SiloName, StringComparer.Ordinal).Select(member => (member.Item1.Status, member.Item1.IAmAliveTime)));
    }

    [Fact]
    public async Task ReadRow_GivesTheVersionAndTheSiloIfItIsThere()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        await table.InsertRowAsync(Silo(2), await NextAsync(table), Token);

        MembershipTableData there = await table.ReadRowAsync(Address(2), Token);
        MembershipTableData missing = await table.ReadRowAsync(Address(3), Token);

        Assert.Equal((2, "silo-2"), (there.Version.Version, there.Members.Single().Item1.SiloName));
        Assert.Equal((2, 0), (missing.Version.Version, missing.Members.Count));
    }

    [Fact]
    public async Task Gateways_AreThoseOfActiveSilosThatHaveOne()
    {
        string cluster = database.NewName();
        IMembershipTable table = await database.OpenMembershipAsync(cluster);
        MembershipEntry joining = Silo(2);
        joining.Status = SiloStatus.Joining;
        MembershipEntry closed = Silo(3);
        closed.ProxyPort = 0;
        foreach (MembershipEntry silo in new[] { Silo(1), joining, closed, Silo(4) })
        {
            Assert.True(await table.InsertRowAsync(silo, await NextAsync(table), Token));
        }

        IGatewayListProvider gateways = await database.OpenGatewaysAsync(cluster);

        Assert.Equal([30_001, 30_004], (await gateways.GetGatewaysAsync(Token)).Select(gateway => gateway.Port).Order());
        Assert.Empty(await (await database.OpenGatewaysAsync(database.NewName())).GetGatewaysAsync(Token));
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_RemovesWhatIsDeadForLong()
    {
        IMembershipTable table = await OpenAsync();
        MembershipEntry dead = Silo(1);
        dead.Status = SiloStatus.Dead;
        MembershipEntry justDied = Silo(2);
        (justDied.Status, justDied.IAmAliveTime) = (SiloStatus.Dead, Start.AddHours(2));
        foreach (MembershipEntry silo in new[] { dead, justDied, Silo(3) })
        {
            Assert.True(await table.InsertRowAsync(silo, await NextAsync(table), Token));
        }

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddHours(1)), Token);

        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal(["silo-2", "silo-3"], data.Members.Select(member => member.Item1.SiloName).Order(StringComparer.Ordinal));
        Assert.Equal(3, data.Version.Version);
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_LeavesOtherClusters()
    {
        string cluster = database.NewName();
        IMembershipTable table = await database.OpenMembershipAsync(cluster);
        IMembershipTable other = await OpenAsync();
        await table.InsertRowAsync(Silo(1), await NextAsync(table), Token);
        await other.InsertRowAsync(Silo(1), await NextAsync(other), Token);

        await table.DeleteMembershipTableEntriesAsync(cluster, Token);

        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Token);
        MembershipTableData data = await table.ReadAllAsync(Token);
        Assert.Equal((0, 0), (data.Version.Version, data.Members.Count));
        Assert.Single((await other.ReadAllAsync(Token)).Members);
    }

    private Task<IMembershipTable> OpenAsync() => database.OpenMembershipAsync(database.NewName());

    private static async Task<TableVersion> NextAsync(IMembershipTable table) => (await table.ReadAllAsync(Token)).Version.Next();

    /// <summary>Of the only silo there is.</summary>
    private static string ETag(MembershipTableData data) => data.Members.Single().Item2;

    private static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 11_000 + number, 100 + number);

    private static MembershipEntry Silo(int number) => new()
    {
        SiloAddress = Address(number),
        SiloName = FormattableString.Invariant($"silo-{number}"),
        HostName = FormattableString.Invariant($"host-{number}"),
        Status = SiloStatus.Active,
        ProxyPort = 30_000 + number,
        StartTime = Start.AddDays(-1),
        IAmAliveTime = Start,
    };
}
