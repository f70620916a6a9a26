using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>How the tables come to hold what was read from the log: one process over a store writes them, the others wait until it has.</summary>
internal interface IRowKeeper
{
    /// <summary>Whether the rows of a batch are wanted: otherwise its progress is enough.</summary>
    bool IsWriter { get; }

    /// <summary>Comes back when the tables hold the batch.</summary>
    /// <exception cref="UnavailableException">It is not known whether they do.</exception>
    Task KeepAsync(FlushBatch batch, CancellationToken cancellation);

    /// <summary>Completes when another process waits for the tables.</summary>
    Task AskedAsync();
}
