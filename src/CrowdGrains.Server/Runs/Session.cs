using CrowdGrains.Server.Days;
using CrowdGrains.Server.Reports;
using Spectre.Console;

namespace CrowdGrains.Server.Runs;

/// <summary>Runs at the terminal: a progress bar while they last, Ctrl+C to stop, the results in the end.</summary>
internal static class Session
{
    public static RunResult Run(RunRequest request) => RunAll([request], 1)[0];

    /// <summary>Runs several days, as many at once as there are jobs; the results are in the order of the requests.</summary>
    public static RunResult[] RunAll(IReadOnlyList<RunRequest> requests, int jobs)
    {
        using CancellationTokenSource cancellation = new();
        ConsoleCancelEventHandler cancel = (_, e) =>
        {
            e.Cancel = true;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            RunResult[] results = new RunResult[requests.Count];
            WithProgress(requests.Count, progress => Parallel.For(
                0,
                requests.Count,
                new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation.Token },
                i => results[i] = Runner.Run(requests[i], share => progress(i, share), cancellation.Token)));
            return results;
        }
        catch (AggregateException faults) when (faults.InnerException is OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation.Token);
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }

    /// <summary>Prints the tables and writes the files that were asked for.</summary>
    public static void Publish(RunResult result, Day? day, FileInfo? report, FileInfo? json)
    {
        ConsoleTables.WriteRun(AnsiConsole.Console, result);
        if (report is not null)
        {
            Write(report, stream => HtmlReport.Write(result, stream));
            AnsiConsole.Console.WriteLine($"report: {report}");
        }

        if (json is not null)
        {
            ResultJson.Write(result, day, json);
            AnsiConsole.Console.WriteLine($"json: {json}");
        }
    }

    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(FileInfo file, Action<Stream> write)
    {
        try
        {
            using FileStream stream = file.Create();
            write(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be written: {fault.Message}", fault);
        }
    }

    private static void WithProgress(int runs, Action<Action<int, double>> work)
    {
        if (Console.IsOutputRedirected)
        {
            work((_, _) => { });
            return;
        }

        double[] shares = new double[runs];
        AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(runs == 1 ? "the day" : $"{runs} days", maxValue: runs);
                work((run, share) =>
                {
                    shares[run] = share;
                    task.Value = shares.Sum();
                });
            });
    }
}
