using System.Globalization;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using RequestStatus = CrowdGrains.Client.Contract.RequestStatus;

namespace CrowdGrains.Api.Requests;

/// <summary>The list of requests, newest first: which there are says the read model, what they are each request itself.</summary>
internal static class RequestLists
{
    public static void Map(Routes routes) =>
        routes.Get("/v1/requests", "Requests, newest first; with a partner's key those it submitted.", ListAsync).WithTag("requests")
            .For(Scopes.Staff | Scopes.Partner)
            .Query("status", "Those in this status.").Query("customerId", "Those of this customer.")
            .Query("cell", "Those in this H3 cell, of resolution 0 to 8.").Query("since", "Those submitted then or later.")
            .Pages().Answers<Page<Request>>();

    private static async ValueTask<Reply> ListAsync(Call call)
    {
        Parameters parameters = new(call);
        string? customer = parameters.Id("customerId");
        RequestFilter filter = new()
        {
            Status = parameters.Choice<RequestStatus>("status")?.ToCore(),
            Customer = customer is null ? null : CustomerId.From(customer),
            Partner = call.Caller.Partner,
            Cell = parameters.Cell("cell", RequestView.CellResolution),
            Since = parameters.Time("since"),
        };
        if (parameters.HasFault(out Fault? fault) || !PageQuery.TryRead(call, out PageQuery query, out fault))
        {
            return fault;
        }

        RequestCursor? after = null;
        if (query.After is { } place)
        {
            if (!TryRead(place, out RequestCursor read))
            {
                return PageQuery.BadCursor;
            }

            after = read;
        }

        IReadOnlyList<RequestView> views =
            await call.Api.Reads.ListRequestsAsync(filter, after, query.Limit + 1, call.Cancellation).ConfigureAwait(false);
        Page<RequestView> page = query.Cut(views, view => Place(view.Cursor));
        RequestSnapshot?[] requests = await Task.WhenAll(
            page.Data.Select(view => call.Engine.FindRequestAsync(view.Id, call.Cancellation).AsTask())).ConfigureAwait(false);

        // A request may have moved on since it was listed: it is shown as it is now, so it must not be under a status that it has left.
        IEnumerable<Request> shown = requests.OfType<RequestSnapshot>()
            .Where(request => filter.Status is not { } status || request.Status == status)
            .Select(request => request.ToContract());
        return Reply.Ok(new Page<Request>([.. shown], page.NextCursor), ContractJson.Default.PageRequest);
    }

    private static string Place(RequestCursor cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor.SubmittedAt.UnixMilliseconds}.{cursor.Sequence}");

    private static bool TryRead(string place, out RequestCursor cursor)
    {
        cursor = default;
        string[] parts = place.Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return false;
        }

        cursor = new RequestCursor(new Instant(at), sequence);
        return true;
    }
}
