using CrowdGrains.Core.Turns;
using Orleans.Concurrency;

namespace CrowdGrains.Cluster.Grains;

/// <summary>What every grain takes: a message, without an answer. Replies come as messages of their own, so calls never wait for each other.</summary>
[Alias("cg.mailbox-grain")]
public interface IMailbox : IGrain
{
    /// <summary>Brings a message. It may be lost with a silo, and then whoever sent it sends it again, as the rules provide.</summary>
    [OneWay]
    [Alias("tell")]
    Task TellAsync([Immutable] Message message);
}
