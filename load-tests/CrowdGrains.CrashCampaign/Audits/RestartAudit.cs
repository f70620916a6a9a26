using System.Globalization;
using CrowdGrains.Client;
using CrowdGrains.Client.Calls;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Audits;

/// <summary>
/// Looks through a server that has just come back, before anybody else calls it: all that was answered and heard must still be so.
/// New answers are judged every time; of what is older, all that is open or has moved, and a sample of the rest.
/// </summary>
/// <param name="readEnd">Reads where the log ends that has in it whatever was answered.</param>
internal sealed class RestartAudit(
    CrowdGrainsClient staff, RepeatAudit repeats, Book book, Ledger ledger, Verdict verdict, Random random, Func<CancellationToken, Task<long>> readEnd)
{
    private const int Tail = 200;
    private const int PageSize = 200;
    private const int Sample = 20;
    private const int AtOnce = 8;

    /// <summary>Timers move things on while they are looked at; then it is looked again.</summary>
    private const int MaxLooks = 20;

    private static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private int _judged;
    private long _lookedUpTo;
    private int _looks;

    /// <summary>Requests, helpers and offers that were looked at.</summary>
    public int Looks => _looks;

    /// <summary>Answers whose deed was found in the log.</summary>
    public int Judged => _judged;

    /// <param name="isComplete">Looks at everything instead of a sample.</param>
    public async Task RunAsync(bool isComplete, CancellationToken cancellation)
    {
        await CompareTailAsync(cancellation).ConfigureAwait(false);
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<Answered> recent = ledger.From(_judged);
        Judge(recent);
        await LookAsync(isComplete, cancellation).ConfigureAwait(false);
        await CompareListAsync(cancellation).ConfigureAwait(false);
        await repeats.RunAsync(recent, isComplete, cancellation).ConfigureAwait(false);
        _judged += recent.Count;
    }

    /// <summary>Reads the log to its end, and waits until the stream has told all of it.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        long end = await readEnd(cancellation).ConfigureAwait(false);
        try
        {
            await book.HeardAsync(end, StreamPatience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw verdict.Report("stream-goes-on", "events", late.Message);
        }
    }

    /// <summary>What was heard last is what could be lost first.</summary>
    private async Task CompareTailAsync(CancellationToken cancellation)
    {
        long after = Math.Max(0, book.Last - Tail);
        IReadOnlyList<Heard> heard = book.EventsAfter(after, Tail);
        Page<CloudEvent> page = await staff.Events.ListAsync(after, null, new PageQuery(PageSize), cancellation).ConfigureAwait(false);
        for (int i = 0; i < heard.Count; i++)
        {
            CloudEvent? logged = page.Data.ElementAtOrDefault(i);
            verdict.Require(
                logged is not null && logged.Id == heard[i].Sequence.ToString(CultureInfo.InvariantCulture) && logged.Type == heard[i].Type
                    && logged.Data.GetRawText() == heard[i].Data.GetRawText(),
                "heard-is-kept", heard[i].Subject, () => $"{heard[i]} is now {logged}");
        }
    }

    private void Judge(IReadOnlyList<Answered> answers)
    {
        foreach (Answered answer in answers.Where(answer => answer.IsGranted))
        {
            verdict.Require(book.Read(() => answer.Deed.IsLogged(book)), "answered-is-kept", answer.Deed.Name, () => $"{answer}\nis not in the log, which ends at #{book.Last}");
            if (answer.Value is Versioned<Request> { Value: var request, ETag: { } tag })
            {
                string? contradiction = book.Read(() => book.Requests.TryGetValue(request.Id, out RequestFile? file) ? Shown.Contradicts(request, file) : "not in the log");
                verdict.Require(contradiction is null, "shown-is-kept", request.Id, () => $"{answer}\n{contradiction}");
                Raise("requests/" + request.Id, tag);
            }
            else if (answer.Value is Versioned<Helper> { Value: var helper, ETag: { } version })
            {
                Raise("helpers/" + helper.Id, version);
            }
        }
    }

    private async Task LookAsync(bool isComplete, CancellationToken cancellation)
    {
        long end = book.Last;
        HashSet<string> requests = new(StringComparer.Ordinal);
        HashSet<string> offers = new(StringComparer.Ordinal);
        string[] helpers = book.Read(() =>
        {
            requests.UnionWith(book.Open);
            string[] all = [.. book.Requests.Keys];
            requests.UnionWith(isComplete ? all : random.GetItems(all, all.Length == 0 ? 0 : Sample));
            return book.Helpers.Keys.ToArray();
        });
        foreach (Heard happened in book.EventsAfter(isComplete ? 0 : _lookedUpTo))
        {
            _ = happened.RequestId is { } request && requests.Add(request);
            _ = happened.Type.StartsWith("offer.", StringComparison.Ordinal) && offers.Add(happened.OfferId + "/" + happened.HelperId);
        }

        await ForEachAsync(requests, LookAtRequestAsync, cancellation).ConfigureAwait(false);
        await ForEachAsync(helpers, LookAtHelperAsync, cancellation).ConfigureAwait(false);
        await ForEachAsync(offers, LookAtOfferAsync, cancellation).ConfigureAwait(false);
        _lookedUpTo = end;
    }

    private async Task<string?> LookAtRequestAsync(string id, CancellationToken cancellation)
    {
        Versioned<Request> shown = await staff.Requests.GetAsync(id, cancellation).ConfigureAwait(false);
        List<TimelineEntry> timeline = [];
        Page<TimelineEntry>? page = null;
        do
        {
            page = await staff.Requests.GetTimelineAsync(id, new PageQuery(PageSize, page?.NextCursor), cancellation).ConfigureAwait(false);
            timeline.AddRange(page.Data);
        }
        while (page.NextCursor is not null);
        return book.Read(() =>
        {
            RequestFile file = book.Requests[id];
            return Shown.DiffersFrom(shown.Value, file)
                ?? Lowered("requests/" + id, shown.ETag)
                ?? (timeline.Select(entry => (entry.Sequence, entry.Type)).SequenceEqual(file.Events.Select(happened => (happened.Sequence, happened.Type)))
                    ? null
                    : $"the timeline is {string.Join(", ", timeline.Select(entry => $"#{entry.Sequence} {entry.Type}"))}, heard was {string.Join(", ", file.Events.Select(happened => $"#{happened.Sequence} {happened.Type}"))}");
        });
    }

    private async Task<string?> LookAtHelperAsync(string id, CancellationToken cancellation)
    {
        Versioned<Helper> shown = await staff.Helpers.GetAsync(id, cancellation).ConfigureAwait(false);
        return book.Read(() => Shown.DiffersFrom(shown.Value, book.Helpers[id]) ?? Lowered("helpers/" + id, shown.ETag));
    }

    private async Task<string?> LookAtOfferAsync(string named, CancellationToken cancellation)
    {
        string[] parts = named.Split('/');
        Versioned<Offer> shown = await staff.Offers.GetAsync(parts[0], cancellation).ConfigureAwait(false);
        OfferStatus? logged = book.Read(() => book.Helpers[parts[1]].StatusOf(parts[0]));
        return shown.Value.HelperId == parts[1] && shown.Value.Status == logged ? null : $"{shown.Value.Status} of {shown.Value.HelperId}, the log has {logged} of {parts[1]}";
    }

    /// <summary>The list comes from other tables than single requests do.</summary>
    private Task CompareListAsync(CancellationToken cancellation) => ForEachAsync(["the list of requests"], async (_, token) =>
    {
        Dictionary<string, Request> listed = new(StringComparer.Ordinal);
        await foreach (Request request in staff.Requests.ListAllAsync(new RequestQuery { Limit = PageSize }, token).ConfigureAwait(false))
        {
            verdict.Require(listed.TryAdd(request.Id, request), "listed-once", request.Id, () => "it is in the list twice");
        }

        return book.Read(() => book.Requests.Values.Where(file => file.Submission is not null)
            .Select(file => !listed.TryGetValue(file.Id, out Request? request) ? $"{file.Id} is missing" : Shown.DiffersFrom(request, file) is { } difference ? $"{file.Id}: {difference}" : null)
            .FirstOrDefault(difference => difference is not null));
    }, cancellation);

    /// <param name="look">Null when all is well.</param>
    private Task ForEachAsync(IEnumerable<string> subjects, Func<string, CancellationToken, Task<string?>> look, CancellationToken cancellation) => Parallel.ForEachAsync(
        subjects, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (subject, token) =>
        {
            string? difference = null;
            for (int i = 0; i < MaxLooks; i++)
            {
                try
                {
                    difference = await look(subject, token).ConfigureAwait(false);
                }
                catch (CrowdGrainsException refused)
                {
                    difference = refused.Message;
                }

                if (difference is null)
                {
                    Interlocked.Increment(ref _looks);
                    return;
                }

                await CatchUpAsync(token).ConfigureAwait(false);
                await Task.Delay(i * 10, token).ConfigureAwait(false);
            }

            throw verdict.Report("server-agrees-with-the-log", subject, difference ?? "");
        });

    private void Raise(string resource, string? tag) => _versions[resource] = Math.Max(_versions.GetValueOrDefault(resource), Shown.VersionOf(tag));

    private string? Lowered(string resource, string? tag) => Shown.VersionOf(tag) is var version && version < _versions.GetValueOrDefault(resource)
        ? $"its version is {version}, {_versions[resource]} was shown before"
        : null;
}
