using System.Buffers;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Customers;

/// <summary>
/// Erases who a customer is, request by request: first from the kept answers, to which none is added meanwhile, and the log, then from the
/// request's own record, whose event takes the request out of the customer's list. So what a crash interrupts is found again by the next
/// call. Nothing is erased while a
/// request of the customer is open: somebody may be on the way to the door.
/// </summary>
internal sealed class CustomerEraser(ApiServices api)
{
    private const int PageSize = 100;

    /// <summary>Null when nothing is left of the customer; otherwise why it is not erased.</summary>
    /// <exception cref="Hosting.Engines.UnavailableException">Not all is erased: the call can be repeated.</exception>
    /// <exception cref="StoreException">Likewise.</exception>
    public async ValueTask<Fault?> EraseAsync(CustomerId customer, string actor, CancellationToken cancellation)
    {
        await api.Reads.CatchUpAsync(cancellation).ConfigureAwait(false);
        if (api.Reads.OpenRequests().FirstOrDefault(request => request.Customer == customer) is { } open)
        {
            return StillOpen(open.Id);
        }

        while (true)
        {
            IReadOnlyList<RequestView> requests = await api.Reads.ListRequestsAsync(
                new RequestFilter { Customer = customer }, null, PageSize, cancellation).ConfigureAwait(false);
            if (requests.Count == 0)
            {
                return null;
            }

            RequestId[] ids = [.. requests.Select(request => request.Id)];
            using IDisposable erasure = await api.Answers.BeginErasureAsync(ids, cancellation).ConfigureAwait(false);
            try
            {
                // Who asked before this was said may still keep an answer: after it, all that were kept are in the store.
                await api.Answers.CurrentOverAsync(cancellation).ConfigureAwait(false);
                await api.Answers.ForgetAsync(ids, requests.Min(request => request.Track.SubmittedAt), cancellation).ConfigureAwait(false);
                if (await EraseAsync(ids, actor, cancellation).ConfigureAwait(false) is { } fault)
                {
                    return fault;
                }
            }
            finally
            {
                // And who read a request before it was erased must not keep it when answers are kept again.
                await api.Answers.CurrentOverAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<Fault?> EraseAsync(RequestId[] requests, string actor, CancellationToken cancellation)
    {
        foreach (RequestId request in requests)
        {
            await EraseEventsAsync(request, cancellation).ConfigureAwait(false);
            ForgetCustomer forget = new ForgetCustomer(Operation.Random().Id) { Actor = actor };
            Answer answer = await api.Engine.AskAsync(request, forget, cancellation).ConfigureAwait(false);
            if (answer.Code != AnswerCode.Ok)
            {
                return answer.Code == AnswerCode.WrongState ? StillOpen(request) : answer.FaultOf("request");
            }
        }

        return null;
    }

    private async ValueTask EraseEventsAsync(RequestId request, CancellationToken cancellation)
    {
        List<LoggedEvent> erased = [];
        IReadOnlyList<EventRow> rows;
        long after = 0;
        do
        {
            rows = api.Store.ReadTimeline(request, after, PageSize);
            foreach (EventRow row in rows)
            {
                after = row.Sequence;
                if (Erase(row) is { } rewritten)
                {
                    erased.Add(rewritten);
                }
            }
        }
        while (rows.Count == PageSize);
        if (erased.Count > 0)
        {
            await api.Engine.RewriteAsync([.. erased], cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The event without personal data; null when it has none.</summary>
    private static LoggedEvent? Erase(EventRow row)
    {
        GrainEvent? erased = row.Type is "request.submitted" or "request.cancelled" or "request.withdrawn" or "request.aborted" ? EventJson.Read(row.Type, row.Data.Span) switch
        {
            RequestSubmitted e => e with { Spec = e.Spec.WithoutCustomer() },
            RequestCancelled e => e with { Reason = "" },
            RequestWithdrawn e => e with { Reason = "" },
            RequestAborted { Reason: not RequestAborted.NoShow } e => e with { Reason = "" },
            _ => null,
        } : null;
        if (erased is null)
        {
            return null;
        }

        ArrayBufferWriter<byte> data = new();
        EventJson.Write(erased, data);
        return new LoggedEvent(row with { Data = data.WrittenSpan.ToArray() }, erased);
    }

    private static Fault StillOpen(RequestId request) =>
        new(ProblemKind.WrongState, $"Request {request} of this customer has not ended: cancel it first.");
}
