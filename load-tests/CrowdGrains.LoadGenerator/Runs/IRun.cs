namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>One kind of load.</summary>
internal interface IRun
{
    /// <summary>Which rung of the ladder of measurements it is.</summary>
    string Rung { get; }

    /// <summary>What the achieved rate counts.</summary>
    string Unit { get; }

    /// <summary>Per second; null in a saturating run.</summary>
    double? OfferedRate { get; }

    /// <summary>A line for the terminal while it goes on.</summary>
    string Describe();

    /// <returns>What was achieved per second, and over how many seconds.</returns>
    Task<(double Rate, double Seconds)> RunAsync(CancellationToken cancellation);
}
