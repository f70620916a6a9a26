using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>One process: its clock, and the grains in its memory.</summary>
internal sealed class Process(int number)
{
    private readonly Dictionary<GrainId, Activation> _byId = [];
    private readonly List<Activation> _all = [];
    private Instant _latest = Instant.Never;

    public int Number { get; } = number;

    public bool IsUp { get; set; } = true;

    /// <summary>Nothing moves before.</summary>
    public Instant PausedUntil { get; set; } = Instant.Never;

    public TimeSpan ClockError { get; set; }

    /// <summary>Which side of a partition it is on.</summary>
    public int Side { get; set; }

    public IReadOnlyList<Activation> Activations => _all;

    /// <summary>What the process takes for the time; it never goes back.</summary>
    public Instant Clock(Instant now) => _latest = Instant.Later(_latest, now + ClockError);

    public bool TryFind(GrainId grain, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Activation? found) => _byId.TryGetValue(grain, out found);

    public void Add(Activation activation)
    {
        _byId.Add(activation.Id, activation);
        _all.Add(activation);
    }

    public void Drop(Activation activation)
    {
        activation.IsDead = true;
        _byId.Remove(activation.Id);
        _all.Remove(activation);
    }

    /// <summary>The process dies: its memory is gone. What it takes for the time begins anew, too.</summary>
    public void Crash()
    {
        foreach (Activation activation in _all)
        {
            activation.IsDead = true;
        }

        _byId.Clear();
        _all.Clear();
        IsUp = false;
        _latest = Instant.Never;
    }
}
