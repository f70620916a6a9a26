using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Conformance.Tests.Engines;

/// <summary>An engine as the behaviours see it: no more than what every engine has. Its rules are those of the tests, its time is the test's.</summary>
public interface IDispatchHarness : IAsyncDisposable
{
    Instant Now { get; }

    /// <summary>All events that are durable, in the order of the log.</summary>
    IReadOnlyList<Happening> Events { get; }

    Task<Answer> AskAsync(GrainId grain, Command command);

    /// <summary>The helper's device is here now.</summary>
    void Report(HelperId helper, LatLng position);

    /// <summary>Lets time pass, and what follows from it happen.</summary>
    Task PassAsync(TimeSpan span);

    Task<HelperSnapshot?> FindHelperAsync(HelperId helper);

    Task<RequestSnapshot?> FindRequestAsync(RequestId request);

    /// <summary>The process ends and begins again with what is durable.</summary>
    Task RestartAsync();
}

/// <summary>An event of the log.</summary>
public sealed record Happening(GrainId Grain, long Sequence, Instant At, GrainEvent Event);
