using System.Globalization;

namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>Every answer that was given, in the order it came.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly List<Answered> _answers = [];
    private int _keys;

    /// <summary>Calls that were sent and not answered: they may have been carried out or not.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Calls whose answer came only when they were repeated under the same key.</summary>
    public int Recovered { get; private set; }

    public int Granted { get; private set; }

    public int Refused { get; private set; }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    public string NextKey() => string.Create(CultureInfo.InvariantCulture, $"campaign-{Interlocked.Increment(ref _keys)}");

    public void Add(Answered answer, bool wasRepeated)
    {
        lock (_lock)
        {
            _answers.Add(answer);
            Granted += answer.IsGranted ? 1 : 0;
            Refused += answer.IsGranted ? 0 : 1;
            Recovered += wasRepeated ? 1 : 0;
        }
    }

    public void AddUnanswered()
    {
        lock (_lock)
        {
            Unanswered++;
        }
    }

    /// <summary>Answers from a place on.</summary>
    public IReadOnlyList<Answered> From(int start)
    {
        lock (_lock)
        {
            return _answers[start..];
        }
    }
}
