using CrowdGrains.Core.Turns;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

internal sealed partial class Outbox
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain}: {Message} was refused: {Reason}")]
    private partial void LogRefused(GrainId grain, string message, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain}: {Message} was not sent: too many calls wait for the server")]
    private partial void LogShed(GrainId grain, string message);
}
