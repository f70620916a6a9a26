using Microsoft.Extensions.Logging;

namespace CrowdGrains.Silo.Serve;

internal static partial class FrontDeskLog
{
    [LoggerMessage(1, LogLevel.Information, "This silo serves the HTTP interface at {Urls}.")]
    public static partial void Serves(this ILogger log, string urls);

    [LoggerMessage(2, LogLevel.Warning, "The HTTP interface cannot be served, it is tried again: {Reason}")]
    public static partial void DeskFailed(this ILogger log, string reason);
}
