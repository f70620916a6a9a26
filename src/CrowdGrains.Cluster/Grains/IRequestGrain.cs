using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Orleans.Concurrency;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A request; the key is its id. It alone says who is assigned.</summary>
[Alias("cg.request-grain")]
public interface IRequestGrain : IMailbox, IGrainWithStringKey
{
    /// <summary>Carries out a command. What is answered is durable.</summary>
    [Alias("ask")]
    Task<CommandResult> AskAsync([Immutable] Command command, IAnswerReceiver? receiver);

    /// <summary>The request as of its last durable turn; null when it was not submitted.</summary>
    [Alias("find")]
    Task<RequestSnapshot?> FindAsync();

    /// <summary>Has it look whether its record has moved on without it, and what of its timers is overdue.</summary>
    [OneWay]
    [Alias("wake")]
    Task WakeAsync();
}
