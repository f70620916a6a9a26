using System.Collections.Concurrent;
using System.Diagnostics;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>
/// The whole life, open loop: customers submit at the times of a Poisson process whatever the server does, helpers see their offers on the
/// stream of events, answer, travel, fix and are rated. Every latency runs from the time a thing was meant to be done.
/// </summary>
/// <param name="maxOpen">Requests under way at once; what comes on top is not sent, and counted as an error.</param>
/// <param name="drain">How long after the last arrival the requests under way may take to end.</param>
internal sealed class DispatchRun(Load load, double rate, int maxOpen, TimeSpan drain, string run) : IRun
{
    private static readonly string[] Types =
        ["offer.issued", "request.assigned", "request.completed", "request.unserved", "request.cancelled", "request.aborted"];

    /// <summary>The stream of events is open by then.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Life> _open = new(StringComparer.Ordinal);
    private int _submitted;
    private int _answered;

    /// <summary>Helpers answer their offers, and so on to the end; otherwise the load is submissions and offers alone.</summary>
    public bool IsAnswered { get; init; } = true;

    public string Rung => IsAnswered ? "HTTP, whole dispatch, open loop" : "HTTP, submissions and offers, open loop";

    public string Unit => "requests/s";

    public double? OfferedRate => rate;

    public string Describe() =>
        $"{_submitted} submitted, {load.Tally.Of("assigned")} assigned, {load.Tally.Of("completed")} completed, {_open.Count} open, {load.Tally.ErrorCount} errors";

    public async Task<(double Rate, double Seconds)> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using Agenda agenda = new();
        Task following = FollowAsync(agenda, stop.Token);
        Task reporting = new Reporter(load).RunAsync(stop.Token);
        await Task.Delay(WarmUp, cancellation).ConfigureAwait(false);
        long began = Agenda.Now;
        IEnumerator<TimeSpan> arrivals = PoissonArrivals.Draw(rate, load.Duration, load.Scenario.Seed).GetEnumerator();
        EnterNextArrival(agenda, arrivals, began, stop.Token);
        Task over = Task.Delay(load.Duration, cancellation);
        if (await Task.WhenAny(over, following, reporting).ConfigureAwait(false) is { } first && first != over)
        {
            await first.ConfigureAwait(false);
        }

        await over.ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double achieved = Volatile.Read(ref _answered) / seconds;
        await DrainAsync(cancellation).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(following, reporting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        load.Tally.Count("submitted", _submitted);
        load.Tally.Count("still open", _open.Count);
        load.Tally.Count("never offered", _open.Values.Count(life => !life.IsOffered));
        return (achieved, seconds);
    }

    private void EnterNextArrival(Agenda agenda, IEnumerator<TimeSpan> arrivals, long began, CancellationToken cancellation)
    {
        if (!arrivals.MoveNext() || cancellation.IsCancellationRequested)
        {
            arrivals.Dispose();
            return;
        }

        agenda.Enter(Agenda.After(began, arrivals.Current), intended =>
        {
            EnterNextArrival(agenda, arrivals, began, cancellation);
            load.Latencies.RecordSince("generator's own delay", intended);
            if (_open.Count >= maxOpen)
            {
                load.Tally.Fail("not sent: too many open", isExpected: false);
                return;
            }

            _ = SubmitAsync(intended, cancellation);
        });
    }

    private async Task SubmitAsync(long intended, CancellationToken cancellation)
    {
        RequestSubmission submission = load.People.Request(run, Interlocked.Increment(ref _submitted));
        string id = submission.Id ?? "";
        _open[id] = new Life(intended);
        if (await load.TryAsync(
            "submit answered", intended, () => load.Client.Requests.SubmitAsync(submission, cancellation: cancellation)).ConfigureAwait(false))
        {
            Interlocked.Increment(ref _answered);
        }
        else
        {
            _open.TryRemove(id, out _);
        }
    }

    private async Task FollowAsync(Agenda agenda, CancellationToken cancellation)
    {
        HelperLife helpers = new(load, agenda, cancellation);
        await foreach (CloudEvent happened in load.Client.Events.FollowAsync(null, Types, cancellation).ConfigureAwait(false))
        {
            string request = happened.Data.TryGetProperty("requestId", out System.Text.Json.JsonElement id) ? id.GetString() ?? "" : "";
            if (!_open.TryGetValue(request, out Life? life))
            {
                continue;
            }

            switch (happened.Type)
            {
                case "offer.issued":
                    if (!life.IsOffered)
                    {
                        life.IsOffered = true;
                        load.Latencies.RecordSince("submit to offer visible", life.Submitted);
                    }

                    load.Tally.Count("offers");
                    if (IsAnswered)
                    {
                        helpers.Answer(happened.Data.GetProperty("offerId").GetString() ?? "", request);
                    }

                    break;
                case "request.assigned":
                    if (!life.IsAssigned)
                    {
                        life.IsAssigned = true;
                        load.Latencies.RecordSince("submit to assigned visible", life.Submitted);
                    }

                    load.Tally.Count("assigned");
                    break;
                case "request.aborted" when !IsFinal(happened):
                    break;
                default:
                    load.Tally.Count(happened.Type["request.".Length..]);
                    _open.TryRemove(request, out _);
                    break;
            }
        }
    }

    private async Task DrainAsync(CancellationToken cancellation)
    {
        long end = Agenda.After(Agenda.Now, drain);
        while (!_open.IsEmpty && Agenda.Now < end)
        {
            await Task.Delay(50, cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsFinal(CloudEvent aborted) =>
        aborted.Data.TryGetProperty("final", out System.Text.Json.JsonElement final) && final.ValueKind == System.Text.Json.JsonValueKind.True;

    /// <summary>A request under way.</summary>
    private sealed class Life(long submitted)
    {
        public long Submitted => submitted;

        public bool IsOffered { get; set; }

        public bool IsAssigned { get; set; }
    }
}
