using CrowdGrains.Cluster.Grains;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Timers;

/// <summary>
/// A grain whose silo died has nobody who tells its timers. Its record says when the earliest falls due; who is overdue is woken, reads
/// its record afresh and goes on. A grain that is well has moved its time by then and is not met.
/// </summary>
[GrainType("sweeper")]
[KeepAlive]
internal sealed class SweeperActivation(SharedPostgresStore store, TurnHost host) : Grain, ISweeperGrain
{
    private const string Reminder = "sweep";

    /// <summary>The shortest period that Orleans' reminders allow.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>The longest overdue first, a bounded number at a time.</summary>
    private const string Overdue = "SELECT kind, key FROM grains WHERE due < $1 ORDER BY due LIMIT 2000";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod, cancellationToken);
        this.RegisterGrainTimer(SweepAsync, new GrainTimerCreationOptions(TimeSpan.Zero, host.Options.SweepInterval) { KeepAlive = true });
    }

    public Task KeepAsync() => Task.CompletedTask;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (GrainId grain in await ReadOverdueAsync(cancellation))
            {
                host.Counters.CountSent();
                Wake(grain).Ignore();
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or StoreException)
        {
            host.Log.SweepFailed(fault.Message);
        }
    }

    private async Task<List<GrainId>> ReadOverdueAsync(CancellationToken cancellation)
    {
        // A grain in memory has had a whole interval for it.
        Instant before = host.Clock.Now - host.Options.SweepInterval;
        await using NpgsqlConnection connection = await store.Postgres.OpenConnectionAsync(cancellation);
        await using NpgsqlCommand command = new(Overdue, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = before.UnixMilliseconds } } };
        List<GrainId> overdue = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            overdue.Add(StoredGrain.Read(reader.GetInt16(0), reader.GetString(1)));
        }

        return overdue;
    }

    private Task Wake(GrainId grain) => grain.Kind == GrainKind.Helper
        ? GrainFactory.GetGrain<IHelperGrain>(grain.Name).WakeAsync()
        : GrainFactory.GetGrain<IRequestGrain>(grain.Name).WakeAsync();
}
