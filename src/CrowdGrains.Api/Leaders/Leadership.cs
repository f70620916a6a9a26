using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Leaders;

/// <summary>
/// Whether this process is the one, of those over a store, that does what only one may do at a time: change keys and webhooks, send to
/// webhooks, erase customers. The others hand such calls on. Safe for use by many threads at once.
/// </summary>
/// <param name="forward">Hands a call on to the leader and its answer back; false when there is none, and nothing was sent.</param>
public sealed class Leadership(Func<HttpContext, ValueTask<bool>> forward)
{
    private readonly Lock _lock = new();
    private readonly List<Func<CancellationToken, Task>> _preparations = [];
    private CancellationTokenSource? _term;
    private TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal bool IsHere => Volatile.Read(ref _term) is not null;

    /// <summary>Of a process that has its store for itself.</summary>
    public static Leadership Sole()
    {
        Leadership sole = new(_ => ValueTask.FromResult(false));
        sole.Begin();
        return sole;
    }

    /// <summary>Makes this process the leader, once all is prepared for it.</summary>
    /// <exception cref="Hosting.Stores.StoreException">The store does not answer: it is not.</exception>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        Func<CancellationToken, Task>[] preparations;
        lock (_lock)
        {
            preparations = [.. _preparations];
        }

        foreach (Func<CancellationToken, Task> prepare in preparations)
        {
            await prepare(cancellation).ConfigureAwait(false);
        }

        Begin();
    }

    public void End()
    {
        CancellationTokenSource? ended;
        lock (_lock)
        {
            ended = _term;
            if (ended is null)
            {
                return;
            }

            Volatile.Write(ref _term, null);
            _begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        ended.Cancel();
        ended.Dispose();
    }

    /// <summary>Has something done before each term that begins from now on.</summary>
    internal void Prepare(Func<CancellationToken, Task> preparation)
    {
        lock (_lock)
        {
            _preparations.Add(preparation);
        }
    }

    internal ValueTask<bool> ForwardAsync(HttpContext context) => forward(context);

    /// <summary>Does something term by term, until it is stopped. Each time it is told to end with the term.</summary>
    internal async Task EachTermAsync(Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        while (true)
        {
            Task begun;
            CancellationTokenSource? term = null;
            lock (_lock)
            {
                begun = _begun.Task;
                if (_term is not null)
                {
                    term = CancellationTokenSource.CreateLinkedTokenSource(_term.Token, stopping);
                }
            }

            if (term is null)
            {
                await begun.WaitAsync(stopping).ConfigureAwait(false);
                continue;
            }

            using (term)
            {
                await act(term.Token).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, term.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            stopping.ThrowIfCancellationRequested();
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (_term is null)
            {
                Volatile.Write(ref _term, new CancellationTokenSource());
                _begun.SetResult();
            }
        }
    }
}
