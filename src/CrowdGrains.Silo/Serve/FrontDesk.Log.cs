using Microsoft.Extensions.Logging;

namespace CrowdGrains.Silo.Serve;

internal static partial class FrontDeskLog
{
    [LoggerMessage(1, LogLevel.Information, "This silo, at {Urls}, leads the HTTP interface now.")]
    public static partial void Leads(this ILogger log, string urls);

    [LoggerMessage(2, LogLevel.Warning, "The HTTP interface cannot be led, it is tried again: {Reason}")]
    public static partial void DeskFailed(this ILogger log, string reason);
}
