using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Crowds;

/// <summary>Asks for help again and again, sometimes calls it off, and rates what was done. Ends when no more is wanted.</summary>
internal sealed class Customer(string id, int town, Courier staff, Book book, Gate gate, Random random)
{
    private const double Keyed = 0.7;

    /// <summary>More than so many requests are not open at once, of all customers.</summary>
    private const int MaxOpen = 40;

    private static readonly string[] Problems = ["router", "lift", "queue"];

    private readonly Queue<string> _mine = [];
    private int _submitted;

    /// <summary>Submits nothing more.</summary>
    public bool IsSatisfied { get; set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await gate.OpenedAsync(cancellation).ConfigureAwait(false);
            await StepAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(random.Next(50, 400), cancellation).ConfigureAwait(false);
        }
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        if (!IsSatisfied && random.NextDouble() < 0.75)
        {
            if (book.Read(() => book.Open.Count) < MaxOpen)
            {
                await SubmitAsync(cancellation).ConfigureAwait(false);
            }

            return;
        }

        if (_mine.TryDequeue(out string? request))
        {
            await FollowUpAsync(request, cancellation).ConfigureAwait(false);
        }
    }

    private async Task SubmitAsync(CancellationToken cancellation)
    {
        string? name = random.NextDouble() < 0.8 ? string.Create(CultureInfo.InvariantCulture, $"{id}-{++_submitted}") : null;
        RequestSubmission submission = new()
        {
            Id = name,
            CustomerId = id,
            Problem = Problems[random.Next(Problems.Length)],
            Position = City.Place(town, random),
            Channel = "web",
            Description = "It does not work.",
        };
        Deed deed = name is null
            ? new Deed($"submit for {id}", null, null, _ => true)
            : Deed.OfRequest("submit", name, file => IsSubmitted(file, submission));
        Answered? answer = await SendAsync(deed, DrawKey()).ConfigureAwait(false);
        if (answer is null && name is not null)
        {
            // It may be there or not: asked again under the same name, it is made now or is known to be there.
            answer = await SendAsync(deed, staff.Ledger.NextKey()).ConfigureAwait(false);
        }

        string? made = answer?.Value is Client.Versioned<Request> { Value: var shown } ? shown.Id : name;
        if (made is not null)
        {
            _mine.Enqueue(made);
        }

        Task<Answered?> SendAsync(Deed what, string? key) =>
            staff.TellAsync(what, key, (client, options, token) => client.Requests.SubmitAsync(submission, options, token), cancellation);
    }

    private static bool IsSubmitted(RequestFile file, RequestSubmission submission) =>
        file.Submission is { } heard && heard.Text("customerId") == submission.CustomerId && heard.Text("problem") == submission.Problem
        && heard.Text("description") == submission.Description;

    private async Task FollowUpAsync(string request, CancellationToken cancellation)
    {
        RequestStatus? end = book.Read(() => book.Requests.TryGetValue(request, out RequestFile? file) ? file.End : null);
        if (end == RequestStatus.Completed)
        {
            int stars = random.Next(1, 6);
            await staff.TellAsync(
                Deed.OfRequest("rate", request, file => file.Stars == stars), DrawKey(),
                (client, options, token) => client.Requests.RateAsync(request, new Rating(stars, true), options, token), cancellation).ConfigureAwait(false);
        }
        else if (end is null && random.NextDouble() < 0.1)
        {
            await staff.TellAsync(
                Deed.OfRequest("cancel", request, file => file.End == RequestStatus.Cancelled), DrawKey(),
                (client, options, token) => client.Requests.CancelAsync(request, "it works again", options, token), cancellation).ConfigureAwait(false);
        }
        else if (end is null)
        {
            _mine.Enqueue(request);
        }
    }

    private string? DrawKey() => random.NextDouble() < Keyed ? staff.Ledger.NextKey() : null;
}
