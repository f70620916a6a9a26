using CrowdGrains.Core.Turns;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Embedded;

internal static partial class EmbeddedEngineLog
{
    [LoggerMessage(1, LogLevel.Error, "The turn of {Grain} on {Message} broke; the grain is read again from its record.")]
    public static partial void TurnFailed(this ILogger log, GrainId grain, string message, Exception broken);

    [LoggerMessage(2, LogLevel.Error, "The record of {Grain} cannot be read.")]
    public static partial void RecordGarbled(this ILogger log, GrainId grain, Exception garbled);

    [LoggerMessage(3, LogLevel.Error, "The store does not take writes, commands are refused until it does: {Reason}")]
    public static partial void StoreFailed(this ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The store takes writes again.")]
    public static partial void StoreIsBack(this ILogger log);

    [LoggerMessage(5, LogLevel.Warning, "Records could not be read: {Reason}")]
    public static partial void LoadFailed(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Error, "The store refused a write: {Reason}")]
    public static partial void WriteRefused(this ILogger log, string reason);
}
