using CrowdGrains.Conformance.Tests.Engines;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>
/// What every engine must do. The tests stand here once; each engine has a class that derives from this one and says how it is started.
/// </summary>
public abstract class Behaviour(Func<IDispatchHarness> start) : IAsyncLifetime
{
    private readonly IDispatchHarness _engine = start();
    private Town? _town;

    protected Town Town => _town ??= new Town(_engine);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Town.CheckLog();
        await _engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
