using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>What helpers do with an offer: think, answer, travel, fix, get rated. Each step is meant for a time after the one before was answered.</summary>
internal sealed class HelperLife(Load load, Agenda agenda, CancellationToken cancellation)
{
    private readonly Random _random = new(load.Scenario.Seed);

    /// <summary>Not for several threads at once.</summary>
    public void Answer(string offer, string request)
    {
        // All is drawn here, on one thread: steps end in any order.
        Draws draws = new(
            _random.NextDouble() < load.Scenario.Crowd.AcceptProbability,
            DrawPause(load.Scenario.Crowd.TravelSeconds),
            DrawPause(load.Scenario.Crowd.OnSiteSeconds),
            _random.NextDouble() < load.Scenario.Crowd.ResolvedProbability,
            _random.Next(1, 6));
        EnterAfter(DrawPause(load.Scenario.Crowd.ThinkSeconds), intended => _ = draws.Accepts
            ? AcceptAsync(offer, request, draws, intended)
            : DeclineAsync(offer, intended));
    }

    private Task<bool> DeclineAsync(string offer, long intended) => load.TryAsync(
        "decline answered", intended, () => load.Client.Offers.DeclineAsync(offer, new Decline(DeclineReason.Busy, null), cancellation: cancellation));

    private async Task AcceptAsync(string offer, string request, Draws draws, long intended)
    {
        if (await load.TryAsync("accept answered", intended, () => load.Client.Offers.AcceptAsync(offer, cancellation: cancellation)).ConfigureAwait(false)
            && await StepAsync("en-route answered", () => load.Client.Requests.SetOutAsync(request, cancellation: cancellation)).ConfigureAwait(false))
        {
            EnterAfter(draws.Travel, arrived => _ = ArriveAsync(request, draws, arrived));
        }
    }

    private async Task ArriveAsync(string request, Draws draws, long intended)
    {
        if (await load.TryAsync("arrive answered", intended, () => load.Client.Requests.ArriveAsync(request, cancellation: cancellation)).ConfigureAwait(false))
        {
            EnterAfter(draws.OnSite, done => _ = CompleteAsync(request, draws, done));
        }
    }

    private async Task CompleteAsync(string request, Draws draws, long intended)
    {
        if (await load.TryAsync(
                "complete answered", intended, () => load.Client.Requests.CompleteAsync(request, draws.Resolves, cancellation: cancellation)).ConfigureAwait(false)
            && draws.Resolves)
        {
            await StepAsync("rate answered", () => load.Client.Requests.RateAsync(request, new Rating(draws.Stars, true), cancellation: cancellation)).ConfigureAwait(false);
        }
    }

    private Task<bool> StepAsync(string name, Func<Task> call) => load.TryAsync(name, Agenda.Now, call);

    private void EnterAfter(TimeSpan pause, Action<long> act) => agenda.Enter(Agenda.After(Agenda.Now, pause), intended =>
    {
        if (!cancellation.IsCancellationRequested)
        {
            act(intended);
        }
    });

    private TimeSpan DrawPause(double meanSeconds) => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) * meanSeconds);

    private sealed record Draws(bool Accepts, TimeSpan Travel, TimeSpan OnSite, bool Resolves, int Stars);
}
