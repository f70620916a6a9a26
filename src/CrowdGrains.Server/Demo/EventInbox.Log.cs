using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

internal sealed partial class EventInbox
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The events can no longer be followed: {Reason}")]
    private partial void LogBlind(string reason);
}
