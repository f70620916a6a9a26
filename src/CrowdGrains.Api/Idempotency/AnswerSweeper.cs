using CrowdGrains.Api.Calls;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Idempotency;

/// <summary>Learns at the start which answers are kept, and deletes them when their time is over.</summary>
internal sealed partial class AnswerSweeper(ApiServices api, ILogger<AnswerSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(api.Options.AnswerSweepInterval, api.Engine.Clock);
        bool isLearnt = false;
        do
        {
            try
            {
                if (!isLearnt)
                {
                    // Off the thread that starts the server: there may be millions.
                    await Task.Run(() => api.Answers.LearnAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
                    isLearnt = true;
                }

                await api.Answers.SweepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is StoreException or UnavailableException)
            {
                LogPostponed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Kept answers could not be read or deleted; it is tried again.")]
    private partial void LogPostponed(Exception fault);
}
