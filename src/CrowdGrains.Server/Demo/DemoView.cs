using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrowdGrains.Server.Demo;

/// <summary>Shows how the demo stands: a table that is drawn over at a terminal, otherwise a line now and then.</summary>
internal static class DemoView
{
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NextLine = TimeSpan.FromSeconds(5);

    /// <summary>Until it is cancelled.</summary>
    public static async Task ShowAsync(IAnsiConsole console, DemoStatus status, DemoLog log, bool isLive, CancellationToken cancellation)
    {
        if (isLive)
        {
            await console.Live(Draw(status, log)).StartAsync(context => RepeatAsync(Redraw, () => context.UpdateTarget(Draw(status, log)), cancellation))
                .ConfigureAwait(false);
        }
        else
        {
            await RepeatAsync(NextLine, () => WriteLine(console, status), cancellation).ConfigureAwait(false);
        }
    }

    public static void WriteLine(IAnsiConsole console, DemoStatus status) =>
        console.WriteLine(string.Join("  ", status.Look().Select(figure => $"{figure.Name} {figure.Value}")));

    private static async Task RepeatAsync(TimeSpan period, Action show, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(period);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                show();
            }
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }

    private static Rows Draw(DemoStatus status, DemoLog log)
    {
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach ((string name, string value) in status.Look())
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        IEnumerable<IRenderable> lines = log.Last.Select(line => new Text(line));
        return new Rows([table, .. lines]);
    }
}
