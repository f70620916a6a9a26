using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Faults;

/// <summary>
/// The edge of a platform: clients that repeat what is not answered, send twice, come late or not at all. A repeat carries the same
/// operation, as a client's retry does.
/// </summary>
internal sealed class Clients(FaultyPlatform platform, FaultyNetwork network, Action<GrainId, Command> sent) : ICityStage
{
    /// <summary>How often a command is sent at most.</summary>
    private const int MaxTries = 4;

    /// <summary>How long a client waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<(GrainId Grain, Command Command, int Tries)> _commands = [];
    private readonly Dictionary<OperationId, int> _unanswered = [];

    public Instant Now => platform.Now;

    public int SlotOf(GrainId grain) => 0;

    public void Send(GrainId grain, int slot, Message message)
    {
        if (message is Command command)
        {
            sent(grain, command);
            int number = _commands.Count;
            _commands.Add((grain, command, 0));
            _unanswered[command.Operation] = number;
            Try(number, network.Lateness());
            if (network.Repeat() is { } later)
            {
                Post(grain, message, later);
            }
        }
        else
        {
            Post(grain, message, 0);
        }
    }

    public void WakeAt(Instant due, int who, int what) => platform.WakeAt(due, who, what);

    /// <summary>A client's patience has ended.</summary>
    public void TryAgain(int number)
    {
        if (_unanswered.ContainsKey(_commands[number].Command.Operation) && _commands[number].Tries < MaxTries)
        {
            Try(number, 0);
        }
    }

    public void Answered(OperationId operation) => _unanswered.Remove(operation);

    private void Try(int number, int late)
    {
        (GrainId grain, Command command, int tries) = _commands[number];
        _commands[number] = (grain, command, tries + 1);
        Post(grain, command, late);
        platform.WakeAt(Now + TimeSpan.FromMilliseconds(late) + Patience, number, (int)CheckWake.TryAgain);
    }

    private void Post(GrainId grain, Message message, int late)
    {
        if (!network.IsLostAtTheEdge() || message is RegisterHelper)
        {
            platform.Post(grain, message, late + network.Device());
        }
    }
}
