using Microsoft.Extensions.Logging;

namespace CrowdGrains.Cluster.Silos;

internal static partial class ClusterLog
{
    [LoggerMessage(1, LogLevel.Error, "The turn of {Grain} on {Message} broke; the grain is read again from its record.")]
    public static partial void TurnFailed(this ILogger log, GrainId grain, string message, Exception broken);

    [LoggerMessage(2, LogLevel.Error, "The record of {Grain} cannot be read.")]
    public static partial void RecordGarbled(this ILogger log, GrainId grain, Exception garbled);

    [LoggerMessage(3, LogLevel.Error, "The store does not take writes, commands are refused until it does: {Reason}")]
    public static partial void StoreFailed(this ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The store takes writes again.")]
    public static partial void StoreIsBack(this ILogger log);

    [LoggerMessage(5, LogLevel.Debug, "{Grain} at version {Version} was overtaken by another activation and is read again.")]
    public static partial void Overtaken(this ILogger log, GrainId grain, long version);

    [LoggerMessage(6, LogLevel.Warning, "The event log cannot be followed, it is tried again: {Reason}")]
    public static partial void FollowingFailed(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Information, "This silo numbers the events now.")]
    public static partial void Leads(this ILogger log);

    [LoggerMessage(8, LogLevel.Warning, "Overdue grains could not be woken: {Reason}")]
    public static partial void SweepFailed(this ILogger log, string reason);

    [LoggerMessage(9, LogLevel.Warning, "The sweeper does not answer, it is asked again: {Reason}")]
    public static partial void SweeperAway(this ILogger log, string reason);
}
