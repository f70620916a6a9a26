using CrowdGrains.Client;
using CrowdGrains.Server.Commands;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace CrowdGrains.Server.Demo;

/// <summary>One demo from its start to its end: the server, the city that uses it, and the view of both.</summary>
internal sealed class DemoRun(DemoOptions options, IAnsiConsole console, bool isLive)
{
    /// <summary>How often people look at their clocks and screens: a blink.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <returns>An exit code.</returns>
    public async Task<int> RunAsync(CancellationToken interrupted)
    {
        using DemoLog log = new(isLive ? null : Console.Error);
        using DataFolder folder = DataFolder.Open(options.Data);
        DemoServer server = await DemoServer.StartAsync(options, folder.Path, log, interrupted).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            DemoFigures figures = new();
            DemoStatus status = new(server.Clock, figures, log);
            Introduce(server);
            try
            {
                await LiveAsync(server, figures, status, log, interrupted).ConfigureAwait(false);
            }
            finally
            {
                Summarise(status, figures);
            }

            return End(status, log, interrupted);
        }
    }

    private async Task LiveAsync(DemoServer server, DemoFigures figures, DemoStatus status, DemoLog log, CancellationToken interrupted)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        using CancellationTokenSource stopSeeing = new();
        using CrowdGrainsClient client = new(server.Address, server.AdminKey);
        ILogger logger = log.CreateLogger("Demo");
        EventInbox inbox = new(client, figures, logger);
        PositionFeed positions = new(client, figures, logger);
        Task seeing = inbox.FollowAsync(server.LastSequence, stopSeeing.Token);
        Outbox outbox = new(client, figures, server.Clock, logger);
        await using (outbox.ConfigureAwait(false))
        {
            DemoCity city = new(options, DemoServer.Catalogue, server.Clock, inbox, positions, outbox);
            Task living = LiveAsync(city, stop.Token);
            Task showing = DemoView.ShowAsync(console, status, log, isLive, stop.Token);
            Task length = Task.Delay(options.Length ?? Timeout.InfiniteTimeSpan, stop.Token);
            await Task.WhenAny(seeing, living, length).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await length.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(living, showing).ConfigureAwait(false);
        }

        // What people had begun to say was heard; now nobody listens any more.
        await positions.FinishAsync().ConfigureAwait(false);
        await stopSeeing.CancelAsync().ConfigureAwait(false);
        await seeing.ConfigureAwait(false);
    }

    private static async Task LiveAsync(DemoCity city, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Tick);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                city.Turn(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    private void Introduce(DemoServer server)
    {
        console.WriteLine($"{options.City.Name}, {options.Helpers} helpers on duty, {options.Speed:0.##} times as fast as life, at {server.Address}");
        console.WriteLine($"admin key {server.AdminKey}");
        console.WriteLine($"look at it in a browser: {server.Address}, and sign in with this key");
    }

    private void Summarise(DemoStatus status, DemoFigures figures)
    {
        DemoView.WriteLine(console, status);
        console.WriteLine($"refused: {string.Join(", ", figures.Refusals.Select(refusal => $"{refusal.Key} {refusal.Value}").DefaultIfEmpty("nothing"))}");
    }

    private int End(DemoStatus status, DemoLog log, CancellationToken interrupted)
    {
        if (status.Errors > 0)
        {
            Console.Error.WriteLine($"The demo saw {status.Errors} errors; the last: {log.Last.LastOrDefault()}");
            return ExitCodes.Failure;
        }

        // A demo without an end is meant to be interrupted.
        return interrupted.IsCancellationRequested && options.Length is not null ? ExitCodes.Cancelled : ExitCodes.Success;
    }
}
