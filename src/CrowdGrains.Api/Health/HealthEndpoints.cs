using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using CrowdGrains.Hosting.Engines;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Health;

/// <summary>For whoever watches the process: no key.</summary>
internal static class HealthEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("/healthz/live", "The process runs.", Live).WithTag("health").ForEverybody().AnswersNothing();
        routes.Get("/healthz/ready", "The engine takes commands, and somebody has a key to give them.", Ready).WithTag("health").ForEverybody().AnswersNothing()
            .Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    private static ValueTask<Reply> Live(Call call) => new(Reply.NoContent);

    private static ValueTask<Reply> Ready(Call call) => new(call.Engine.Health switch
    {
        EngineHealth.Ready when call.Api.Keys.Count > 0 => Reply.NoContent,
        EngineHealth.StoreUnavailable => Unavailable(ProblemKind.StoreUnavailable),
        _ => Unavailable(ProblemKind.Stopping),
    });

    private static Reply Unavailable(ProblemKind kind) => Reply.Refused(new Fault(kind) { RetryAfter = TimeSpan.FromSeconds(1) });
}
