using CrowdGrains.Core.Turns;
using Orleans.Concurrency;

namespace CrowdGrains.Cluster.Grains;

/// <summary>Whoever asked, for answers that come later.</summary>
[Alias("cg.receiver")]
public interface IAnswerReceiver : IGrainObserver
{
    [OneWay]
    [Alias("answered")]
    Task AnsweredAsync(OperationId operation, [Immutable] Answer answer);
}
