using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

internal sealed partial class PositionFeed
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A stream of positions was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a stream of positions was refused: {Code}")]
    private partial void LogLine(long line, string code);
}
