namespace CrowdGrains.Cluster.Tests.Schema;

/// <summary>Reminders are kept as Orleans asks of it; asked by Orleans' own class.</summary>
public sealed class ReminderSchemaTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private static readonly DateTime Start = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
    private static readonly GrainId Grain = GrainId.Create("sweeper", "one");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UpsertRow_KeepsAReminder()
    {
        IReminderTable table = await OpenAsync();

        string etag = (await table.UpsertRow(Reminder(Grain, "sweep"), Token))!;

        ReminderEntry read = (await table.ReadRow(Grain, "sweep", Token))!;
        Assert.Equal((Grain, "sweep", Start, TimeSpan.FromMinutes(1), etag), (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
        Assert.Null(await table.ReadRow(Grain, "other", Token));
    }

    [Fact]
    public async Task UpsertRow_ReplacesAReminderUnderAnotherETag()
    {
        IReminderTable table = await OpenAsync();
        string first = (await table.UpsertRow(Reminder(Grain, "sweep"), Token))!;
        ReminderEntry later = Reminder(Grain, "sweep");
        (later.StartAt, later.Period) = (Start.AddDays(1), TimeSpan.FromDays(60));

        string second = (await table.UpsertRow(later, Token))!;

        ReminderEntry read = (await table.ReadRows(Grain, Token)).Reminders.Single();
        Assert.Equal((Start.AddDays(1), TimeSpan.FromDays(60), second), (read.StartAt, read.Period, read.ETag));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task RemoveRow_RemovesTheVersionThatIsNamed()
    {
        IReminderTable table = await OpenAsync();
        string first = (await table.UpsertRow(Reminder(Grain, "sweep"), Token))!;
        string second = (await table.UpsertRow(Reminder(Grain, "sweep"), Token))!;

        Assert.False(await table.RemoveRow(Grain, "sweep", first, Token));
        Assert.NotNull(await table.ReadRow(Grain, "sweep", Token));
        Assert.True(await table.RemoveRow(Grain, "sweep", second, Token));
        Assert.False(await table.RemoveRow(Grain, "sweep", second, Token));
        Assert.Null(await table.ReadRow(Grain, "sweep", Token));
    }

    [Fact]
    public async Task RemoveRow_IsRefusedForOneThatWasMadeAnew()
    {
        IReminderTable table = await OpenAsync();
        string first = (await table.UpsertRow(Reminder(Grain, "sweep"), Token))!;
        await table.RemoveRow(Grain, "sweep", first, Token);
        await table.UpsertRow(Reminder(Grain, "sweep"), Token);

        Assert.False(await table.RemoveRow(Grain, "sweep", first, Token));
    }

    [Fact]
    public async Task ReadRows_GivesTheRemindersOfAGrain()
    {
        IReminderTable table = await OpenAsync();
        await table.UpsertRow(Reminder(Grain, "b"), Token);
        await table.UpsertRow(Reminder(Grain, "a"), Token);
        await table.UpsertRow(Reminder(GrainId.Create("sweeper", "two"), "a"), Token);

        Assert.Equal(["a", "b"], (await table.ReadRows(Grain, Token)).Reminders.Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal));
    }

    /// <summary>Without its beginning, with its end, over the end of the numbers if the end is before the beginning, everything if it is the beginning.</summary>
    [Fact]
    public async Task ReadRows_GivesTheRemindersOfARange()
    {
        IReminderTable table = await OpenAsync();
        GrainId[] grains = [.. Enumerable.Range(0, 64).Select(i => GrainId.Create("sweeper", FormattableString.Invariant($"grain-{i}")))];
        foreach (GrainId grain in grains)
        {
            await table.UpsertRow(Reminder(grain, "sweep"), Token);
        }

        uint[] hashes = [.. grains.Select(grain => grain.GetUniformHashCode()).Order()];
        uint[] ends = [0, 1, hashes[0], hashes[20], int.MaxValue, 0x8000_0000, hashes[40], hashes[^1], uint.MaxValue];
        foreach (uint begin in ends)
        {
            foreach (uint end in ends)
            {
                IEnumerable<uint> expected = hashes.Where(hash => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
                ReminderTableData read = await table.ReadRows(begin, end, Token);
                Assert.Equal(expected, read.Reminders.Select(reminder => reminder.GrainId.GetUniformHashCode()).Order());
            }
        }
    }

    [Fact]
    public async Task TestOnlyClearTable_LeavesOtherServices()
    {
        IReminderTable table = await OpenAsync();
        IReminderTable other = await OpenAsync();
        await table.UpsertRow(Reminder(Grain, "sweep"), Token);
        await other.UpsertRow(Reminder(Grain, "sweep"), Token);

        await table.TestOnlyClearTable(Token);

        Assert.Null(await table.ReadRow(Grain, "sweep", Token));
        Assert.NotNull(await other.ReadRow(Grain, "sweep", Token));
    }

    private Task<IReminderTable> OpenAsync() => database.OpenRemindersAsync(database.NewName());

    private static ReminderEntry Reminder(GrainId grain, string name) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Start, Period = TimeSpan.FromMinutes(1) };
}
