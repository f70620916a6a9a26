using CrowdGrains.Api.Events;
using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace CrowdGrains.Api.Tests.Webhooks;

/// <summary>The SQL of webhooks and deliveries, on both databases.</summary>
public sealed class WebhookTableTests(PostgresServer postgres) : IDisposable
{
    private static readonly Uri Url = new("https://hooks.example.com/in");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-webhooks-");
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly ManualTimeProvider _clock = new();

    private Instant Now => Instant.FromDateTimeOffset(_clock.GetUtcNow());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Webhooks_ComeBackAsTheyWere(bool isPostgres)
    {
        using IExclusiveStore store = Open(isPostgres);
        using WebhookRegister register = Register(store);
        RegisteredWebhook? house = await register.AddAsync("wh_1", null, Url, ["request.*", "helper.stale"], true, new Labels("crm-7", [new("team", "red")]), _stop);
        await register.AddAsync("wh_2", PartnerId.From("p1"), Url, [], true, Labels.None, _stop);
        RegisteredWebhook? rotated = await register.ChangeAsync("wh_2", Core.Turns.Versions.Of(1), webhook => webhook with { Secret = WebhookSecret.Create(), OldSecret = webhook.Secret, OldSecretUntil = Now }, _stop);
        await register.AddAsync("wh_3", null, Url, [], true, Labels.None, _stop);
        await register.RemoveAsync("wh_3", null, _stop);

        using WebhookRegister again = Register(store);
        await again.ReadAsync(store, _stop);

        Assert.Equal([Comparable(house!), Comparable(rotated!)], again.All.OrderBy(webhook => webhook.Id, StringComparer.Ordinal).Select(Comparable));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deliveries_TakeTheirCourse(bool isPostgres)
    {
        using IExclusiveStore store = Open(isPostgres);
        DeliveryTable table = new(store);
        LogEngine engine = new(store);
        DeliveryRow[] rows = [.. Enumerable.Range(1, 4).Select(sequence => DeliveryRow.New(new DeliveryId(sequence, sequence == 4 ? "wh_9.2" : ""), "helper.stale", Now, sequence == 4 ? [1, 2] : null))];
        await engine.WriteAsync([.. rows.Select(row => DeliveryTable.Insert("wh_1", row)), DeliveryTable.SaveProgress(4)], _stop);
        await engine.WriteAsync([.. rows.Select(row => DeliveryTable.Insert("wh_1", row)), DeliveryTable.SaveProgress(5)], _stop);
        Assert.Equal([1, 2, 3, 4], (await table.ReadDueAsync("wh_1", Now, 10, _stop)).Select(row => row.Id.Sequence));
        Assert.Equal([1, 2], (await table.FindAsync("wh_1", rows[3].Id, _stop))!.Data!);
        Assert.Equal(5, await table.ReadProgressAsync(_stop));

        await engine.WriteAsync(
        [
            DeliveryTable.Update("wh_1", rows[0].After(AttemptOutcome.Delivered(204), Now, null)),
            DeliveryTable.Update("wh_1", rows[1].After(AttemptOutcome.Failed(500, "no"), Now, TimeSpan.FromSeconds(5))),
        ],
            _stop);

        Assert.Equal([3, 4], (await table.ReadDueAsync("wh_1", Now, 10, _stop)).Select(row => row.Id.Sequence));
        Assert.Equal(3, await table.CountPendingAsync("wh_1", _stop));
        Assert.Equal([1], (await table.ListAsync("wh_1", DeliveryStatus.Delivered, null, 10, _stop)).Select(row => row.Id.Sequence));
        Assert.Equal([2, 1], (await table.ListAsync("wh_1", null, new DeliveryId(3, ""), 10, _stop)).Select(row => row.Id.Sequence));
        DeliveryRow? failed = await table.FindAsync("wh_1", new DeliveryId(2, ""), _stop);
        Assert.Equal((DeliveryStatus.Pending, 1, 1, 500, "no", Now + TimeSpan.FromSeconds(5)), (failed!.Status, failed.Attempts, failed.Retries, failed.ResponseStatus, failed.Error, failed.NextAttemptAt));

        await engine.WriteAsync([DeliveryTable.EndPending("wh_1", "off")], _stop);
        Assert.Null(await table.ReadNextDueAsync("wh_1", _stop));
        Assert.Equal(3, await table.ReadSequenceOfEndedAsync("wh_1", 2, _stop));
        await engine.WriteAsync([DeliveryTable.DeleteEnded("wh_1", Instant.Never, 3)], _stop);
        Assert.Equal([4, 3], (await table.ListAsync("wh_1", null, null, 10, _stop)).Select(row => row.Id.Sequence));
        await engine.WriteAsync([DeliveryTable.DeleteOrphans()], _stop);
        Assert.Empty(await table.ListAsync("wh_1", null, null, 10, _stop));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static object Comparable(RegisteredWebhook webhook) =>
        (webhook with { Types = [], Labels = Labels.None }, webhook.Labels.ExternalId, string.Join(",", webhook.Labels.Metadata), string.Join(',', webhook.Types), webhook.Secret.Text, webhook.OldSecret?.Text);

    private WebhookRegister Register(IExclusiveStore store) => new(new LogEngine(store), new EncodedEvents(new EventOptions()), new WebhookOptions(), _clock);

    private IExclusiveStore Open(bool isPostgres)
    {
        if (!isPostgres)
        {
            return SqliteStore.Open(_folder.FullName);
        }

        Assert.SkipUnless(postgres.TryStart(out string whyNot), whyNot);
        return PostgresStore.Open(postgres.CreateDatabase());
    }
}
