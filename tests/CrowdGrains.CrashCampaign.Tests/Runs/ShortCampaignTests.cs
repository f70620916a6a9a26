using CrowdGrains.CrashCampaign.Runs;
using CrowdGrains.CrashCampaign.Servers;

namespace CrowdGrains.CrashCampaign.Tests.Runs;

/// <summary>A few crashes of the real server on each store, and of silos where they are built; the long form is <c>crashcampaign</c>.</summary>
public sealed class ShortCampaignTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Sqlite_KeepsEveryPromiseAcrossCrashes() => PlayAsync(StoreKind.Sqlite, cycles: 5, outagePercent: 0);

    [Fact]
    public Task Postgres_KeepsEveryPromiseAcrossCrashesOfItselfAndItsStore() => PlayAsync(StoreKind.Postgres, cycles: 3, outagePercent: 50);

    [Fact]
    public Task Silos_KeepEveryPromiseAcrossCrashesOfSomeOfThem() => PlayAsync(StoreKind.Postgres, cycles: 2, outagePercent: 0, silos: 3);

    private static async Task PlayAsync(StoreKind store, int cycles, int outagePercent, int? silos = null)
    {
        using Campaign campaign = Create(() => new CampaignOptions(
            store, cycles, SecondsEach: 0.7, Seed: 7, SettleSeconds: 5, silos is null ? Path.Combine(AppContext.BaseDirectory, "crowdgrains.dll") : SiloProgram.Find(null))
        {
            OutagePercent = outagePercent,
            Silos = silos,
        });
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);

        CampaignResult result = await campaign.RunAsync(limit.Token);

        Assert.Empty(result.Violations);
        Assert.Equal(cycles, result.Cycles);
        Assert.InRange(result.AnswersGranted, 50, int.MaxValue);
        Assert.InRange(result.Ended, 1, result.Requests);
    }

    private static Campaign Create(Func<CampaignOptions> options)
    {
        try
        {
            return new Campaign(options());
        }
        catch (PlatformException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }
}
