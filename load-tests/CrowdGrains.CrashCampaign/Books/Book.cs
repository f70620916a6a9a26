using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Books;

/// <summary>
/// All that was heard, in order, and what follows from it. Everything is judged as it comes: the log has no gap and no repeat, across
/// every crash, and each request and helper keeps to its rules. Safe for many threads; files are read under <see cref="Read"/>.
/// </summary>
internal sealed class Book(Verdict verdict)
{
    private readonly Lock _lock = new();
    private readonly List<Heard> _log = [];
    private readonly Dictionary<string, RequestFile> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HelperFile> _helpers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The sequence of the last event heard.</summary>
    public long Last => Read(() => (long)_log.Count);

    public IReadOnlyDictionary<string, RequestFile> Requests => _requests;

    public IReadOnlyDictionary<string, HelperFile> Helpers => _helpers;

    /// <summary>Requests that have not ended.</summary>
    public IReadOnlyCollection<string> Open => _open;

    public T Read<T>(Func<T> ask)
    {
        lock (_lock)
        {
            return ask();
        }
    }

    /// <summary>Events after a sequence, as many as there are up to the limit.</summary>
    public IReadOnlyList<Heard> EventsAfter(long after, int limit = int.MaxValue) => Read(() => _log.Skip((int)after).Take(limit).ToList());

    public void Hear(Heard happened)
    {
        TaskCompletionSource heard;
        lock (_lock)
        {
            verdict.Require(
                happened.Sequence == _log.Count + 1, "stream-without-gap-or-repeat", happened.Subject, () => $"{happened} follows #{_log.Count}");
            _log.Add(happened);
            if (happened.Subject.StartsWith("requests/", StringComparison.Ordinal))
            {
                RequestFile request = RequestOf(happened.Name);
                request.Hear(happened);
                _ = request.End is null ? _open.Add(request.Id) : _open.Remove(request.Id);
            }
            else
            {
                if (happened.RequestId is { } named)
                {
                    RequestOf(named).Note(happened);
                }

                HelperOf(happened.Name).Hear(happened, id => _requests.GetValueOrDefault(id));
            }

            heard = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        heard.SetResult();
    }

    /// <summary>Waits until an event was heard.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task HeardAsync(long sequence, TimeSpan limit, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        try
        {
            while (true)
            {
                Task more;
                lock (_lock)
                {
                    if (_log.Count >= sequence)
                    {
                        return;
                    }

                    more = _more.Task;
                }

                await more.WaitAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Event #{sequence} was not heard within {limit.TotalSeconds} s; the last is #{Last}.", late);
        }
    }

    private RequestFile RequestOf(string id)
    {
        if (!_requests.TryGetValue(id, out RequestFile? found))
        {
            _requests.Add(id, found = new RequestFile(verdict, id));
        }

        return found;
    }

    private HelperFile HelperOf(string id)
    {
        if (!_helpers.TryGetValue(id, out HelperFile? found))
        {
            _helpers.Add(id, found = new HelperFile(verdict, id));
        }

        return found;
    }
}
