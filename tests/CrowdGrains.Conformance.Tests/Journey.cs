using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Conformance.Tests;

/// <summary>A request of one rung on its way through its statuses, with Anna as its helper.</summary>
internal static class Journey
{
    public static readonly RequestId Request = RequestId.From("r1");
    private static readonly HelperId Anna = HelperId.From("anna");

    /// <summary>Leads a new request up to a status; from Offering on Anna is on duty.</summary>
    public static async Task<HelperId> ReachAsync(Town town, RequestStatus status)
    {
        if (status > RequestStatus.Searching)
        {
            await town.OnlineAsync("anna");
        }

        await town.SubmitAsync("queue", change: spec => status == RequestStatus.Submitted
            ? spec with { NotBefore = town.Engine.Now + TimeSpan.FromMinutes(40) }
            : spec);
        if (status > RequestStatus.Searching)
        {
            await town.OfferAsync(Request, Anna);
            await GoOnAsync(town, status);
        }

        return Anna;
    }

    /// <summary>Leads the request from wherever it is to its completion.</summary>
    public static async Task FinishAsync(Town town)
    {
        if (await town.Engine.FindHelperAsync(Anna) is null)
        {
            await town.OnlineAsync("anna");
        }

        if ((await town.RequestAsync(Request)).Status < RequestStatus.Assigned)
        {
            await town.OfferAsync(Request, Anna, TimeSpan.FromMinutes(15));
        }

        await GoOnAsync(town, RequestStatus.Completed);
    }

    private static async Task GoOnAsync(Town town, RequestStatus status)
    {
        while ((await town.RequestAsync(Request)).Status is var now && now < status)
        {
            switch (now)
            {
                case RequestStatus.Offering:
                    await town.AcceptAsync(Request, Anna);
                    break;
                case RequestStatus.Assigned:
                    await town.OkAsync(Request, operation => new ReportEnRoute(operation, Anna));
                    break;
                case RequestStatus.EnRoute:
                    await town.OkAsync(Request, operation => new ReportArrival(operation, Anna));
                    break;
                case RequestStatus.OnSite:
                    await town.OkAsync(Request, operation => new CompleteVisit(operation, Anna, Resolved: true));
                    break;
                default:
                    throw new InvalidOperationException($"{Request} is {now} and not on its way to {status}.");
            }
        }
    }
}
