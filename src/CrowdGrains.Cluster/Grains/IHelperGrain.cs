using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using Orleans.Concurrency;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A helper; the key is its id. It owns its time: who wants it asks it.</summary>
[Alias("cg.helper-grain")]
public interface IHelperGrain : IMailbox, IGrainWithStringKey
{
    /// <summary>Carries out a command. What is answered is durable; an acceptance waits for the verdict of its request, which goes to <paramref name="receiver"/>.</summary>
    [Alias("ask")]
    Task<CommandResult> AskAsync([Immutable] Command command, IAnswerReceiver? receiver);

    /// <summary>The helper as of its last durable turn; null when it is not registered.</summary>
    [Alias("find")]
    Task<HelperSnapshot?> FindAsync();

    /// <summary>Has it look whether its record has moved on without it, and what of its timers is overdue.</summary>
    [OneWay]
    [Alias("wake")]
    Task WakeAsync();
}
