using System.Collections.Immutable;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Webhooks;

/// <summary>Writes that must be done before the work can go on: while the engine is not available they are brought again.</summary>
internal sealed class PatientWriter(IDispatchEngine engine, TimeProvider clock)
{
    /// <param name="writes">Statements that may be executed twice: it is not always known whether they were.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; it is not known whether they were written.</exception>
    public async Task WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await engine.WriteAsync(writes, cancellation).ConfigureAwait(false);
                return;
            }
            catch (UnavailableException unavailable)
            {
                await Task.Delay(unavailable.RetryAfter, clock, cancellation).ConfigureAwait(false);
            }
        }
    }
}
