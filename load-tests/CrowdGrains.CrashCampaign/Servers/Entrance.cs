using System.Diagnostics;
using System.Net;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>Which of several silos are ready. They are asked without end, and calls go to those that are by turns, as a load balancer does it.</summary>
internal sealed class Entrance : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly Uri Ready = new("healthz/ready", UriKind.Relative);

    private readonly HttpClient[] _silos;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _looking;
    private readonly Lock _lock = new();
    private TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int[] _ready = [0];
    private int _turn;
    private long _lastReady = Stopwatch.GetTimestamp();
    private TimeSpan _longestSilence;

    public Entrance(IReadOnlyList<Uri> silos)
    {
        _silos = [.. silos.Select(silo => new HttpClient(Transport.Create()) { BaseAddress = silo, Timeout = TimeSpan.FromSeconds(1) })];
        _looking = Task.Run(LookAsync);
    }

    /// <summary>The address of the next of those that were ready last.</summary>
    public Uri Next()
    {
        int[] ready = _ready;
        return _silos[ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Length)]].BaseAddress ?? throw new InvalidOperationException("A silo has no address.");
    }

    /// <summary>The longest time that nobody was ready since the watch began.</summary>
    public TimeSpan LongestSilence
    {
        get
        {
            lock (_lock)
            {
                return _longestSilence;
            }
        }
    }

    public void BeginWatch()
    {
        lock (_lock)
        {
            (_lastReady, _longestSilence) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        }
    }

    /// <summary>Waits until a silo says that it is ready, asked from now on.</summary>
    /// <exception cref="TimeoutException">None does.</exception>
    public async Task ReadyAsync(TimeSpan limit, CancellationToken cancellation)
    {
        // The first answer may be from before.
        for (int answers = 0; answers < 2; answers++)
        {
            await Volatile.Read(ref _found).Task.WaitAsync(limit, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _looking.Wait();
        foreach (HttpClient silo in _silos)
        {
            silo.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            bool[] answers = await Task.WhenAll(_silos.Select(IsReadyAsync)).ConfigureAwait(false);
            int[] ready = [.. Enumerable.Range(0, answers.Length).Where(place => answers[place])];
            if (ready.Length > 0)
            {
                _ready = ready;
                NoteReady();
                Interlocked.Exchange(ref _found, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }

            await Task.Delay(Look).ConfigureAwait(false);
        }
    }

    private void NoteReady()
    {
        lock (_lock)
        {
            TimeSpan silence = Stopwatch.GetElapsedTime(_lastReady);
            _longestSilence = silence > _longestSilence ? silence : _longestSilence;
            _lastReady = Stopwatch.GetTimestamp();
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient silo)
    {
        try
        {
            using HttpResponseMessage response = await silo.GetAsync(Ready, _stopping.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>Sends each call to a silo that is ready.</summary>
/// <param name="patience">How long a call that is refused or finds nobody is made again; zero to tell the caller at once. Only for calls that may be repeated.</param>
internal sealed class ToWhoeverServes(Entrance entrance, TimeSpan patience) : DelegatingHandler(Transport.Create())
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri?.PathAndQuery ?? "/";
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            bool isLast = Stopwatch.GetElapsedTime(began) >= patience;
            request.RequestUri = new Uri(entrance.Next(), path);
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || isLast)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (!isLast)
            {
                // Nobody is there yet.
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
