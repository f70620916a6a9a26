using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Simulation.Checks;

/// <summary>Narrows down what breaks a rule: turns faults off and makes the city smaller as long as the same rule still breaks.</summary>
public static class Minimiser
{
    private static readonly Func<FaultOptions, FaultOptions>[] Simpler =
    [
        options => options with { MischiefEverySeconds = 0 },
        options => options with { OverrideEverySeconds = 0 },
        options => options with { UnseenConfirmPermille = 0 },
        options => options with { LatePermille = 0 },
        options => options with { RepeatPermille = 0 },
        options => options with { EdgeLossPermille = 0 },
        options => options with { MaxClockError = 0 },
        options => options with { StrayPermille = 0 },
        options => options with { SlowWritePermille = 0 },
        options => options with { WriteFailurePermille = 0 },
        options => options with { PauseEverySeconds = 0 },
        options => options with { PartitionEverySeconds = 0 },
        options => options with { CrashEverySeconds = 0 },
        options => options with { DelayPermille = 0 },
        options => options with { DuplicatePermille = 0 },
        options => options with { LossPermille = 0 },
        options => options with { Processes = 1, IsSerial = false },
        options => options with { Helpers = Math.Max(1, options.Helpers - 1) },
        options => options with { RequestEverySeconds = options.RequestEverySeconds * 2 },
        options => options with { FaultSeconds = Math.Max(60, options.FaultSeconds / 2) },
    ];

    /// <summary>The smallest options found that break the same rule.</summary>
    /// <param name="failing">A run that broke a rule.</param>
    /// <param name="run">Runs options.</param>
    public static CheckResult Minimise(CheckResult failing, Func<FaultOptions, CheckResult> run)
    {
        string rule = failing.Violation?.Rule ?? throw new ArgumentException("broke no rule", nameof(failing));
        CheckResult smallest = failing;
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (Func<FaultOptions, FaultOptions> simplify in Simpler)
            {
                FaultOptions simpler = simplify(smallest.Options);
                if (simpler != smallest.Options && run(simpler) is { Violation: { } found } result && found.Rule == rule)
                {
                    smallest = result;
                    isSmaller = true;
                }
            }
        }

        return smallest;
    }
}
