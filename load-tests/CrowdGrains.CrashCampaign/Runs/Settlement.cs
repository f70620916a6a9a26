using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Streams;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>The end of a campaign: nothing new is begun, and everything must come to its end or wait for a reason.</summary>
internal sealed class Settlement(Book book, CrowdGrainsClient staff, WebhookReceiver[] receivers, Verdict verdict)
{
    private static readonly TimeSpan WebhookPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Who waits may be past its deadline for so long, and who is assigned may not have begun.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until no request is open, or for so long.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        while (book.Read(() => book.Open.Count) > 0 && Stopwatch.GetElapsedTime(began) < limit)
        {
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What is still open must be waiting for a helper within its deadline, or have been assigned just now.</summary>
    public async Task JudgeOpenAsync(CancellationToken cancellation)
    {
        foreach (string id in book.Read(() => book.Open.ToArray()))
        {
            Request request = (await staff.Requests.GetAsync(id, cancellation).ConfigureAwait(false)).Value;
            DateTimeOffset late = DateTimeOffset.UtcNow - Patience;
            verdict.Require(
                request.Status >= RequestStatus.Completed || (request.Status < RequestStatus.Assigned ? request.Deadline : request.Assignment?.AssignedAt) > late,
                "ends-or-waits", id, () => $"it is {request.Status} with {request.Assignment}, to be assigned by {request.Deadline}");
        }
    }

    /// <summary>Waits for the webhooks that are due.</summary>
    public async Task ReceiveRestAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Heard> all = book.EventsAfter(0);
        Heard[] some = [.. all.Where(happened => happened.Type == "request.assigned" || happened.Type.StartsWith("offer.", StringComparison.Ordinal))];
        long began = Stopwatch.GetTimestamp();
        while (receivers[0].Missing(all).Count + receivers[1].Missing(some).Count > 0 && Stopwatch.GetElapsedTime(began) < WebhookPatience)
        {
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }

        foreach ((WebhookReceiver receiver, IReadOnlyList<Heard> due) in receivers.Zip([all, (IReadOnlyList<Heard>)some]))
        {
            IReadOnlyList<Heard> missing = receiver.Missing(due);
            verdict.Require(
                missing.Count == 0, "webhook-comes-at-least-once", receiver.Url.AbsolutePath, () => $"{missing.Count} of {due.Count} have not come, the first: {missing[0]}");
        }
    }
}
