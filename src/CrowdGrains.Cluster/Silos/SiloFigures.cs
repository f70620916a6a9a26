using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Telemetry;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What a silo counts: its own part of the cluster's work.</summary>
internal sealed class SiloFigures(StoreHealth health, SiloCounters counters, ClusterRecords records, SiloCells cells, OutboxWatch outbox, ClusterEngine engine) : IEngineFigures
{
    public EngineHealth Health => health.Health;

    public long Turns => counters.Turns;

    public long DurableTurns => counters.Durable;

    public IEnumerable<(string Queue, long Waiting)> Queues =>
        [("writes", records.WaitingWrites), ("loads", records.WaitingLoads), ("looks", records.WaitingLooks), ("reports", engine.ReportsUnderWay)];

    public TimeSpan? RelayLag => outbox.Lag;

    public long RefusedTurns(Refusal reason) => counters.RefusedFor(reason);

    public int Activations(GrainKind kind) => kind == GrainKind.Cell ? cells.Count : counters.Activations(kind);
}
