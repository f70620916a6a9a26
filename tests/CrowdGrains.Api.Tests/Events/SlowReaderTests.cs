using System.IO.Pipelines;
using CrowdGrains.Api.Events;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

public sealed class SlowReaderTests : IDisposable
{
    private const int PipeBytes = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-slow-");
    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _revoked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventOptions _options = new();
    private readonly SqliteStore _store;
    private readonly LogEngine _engine;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, useSynchronizationContext: false));

    public SlowReaderTests()
    {
        _store = SqliteStore.Open(_folder.FullName);
        _engine = new LogEngine(_store);
    }

    [Fact]
    public async Task Reader_ThatTakesNothingIsGivenUpAndNothingIsBufferedForIt()
    {
        Task<StreamEnd> stream = Start();
        _engine.Emit(Happenings.Many(5000));
        await BlockedAsync();
        _engine.Emit(Happenings.Many(5000));

        _clock.Advance(_options.SlowReaderTimeout);

        Assert.Equal(StreamEnd.TooSlow, await stream.WaitAsync(Patience, TestContext.Current.CancellationToken));
        _pipe.Writer.Complete();
        long buffered = (await _pipe.Reader.ReadAtLeastAsync(int.MaxValue, TestContext.Current.CancellationToken)).Buffer.Length;
        Assert.InRange(buffered, PipeBytes, 128 * 1024);
    }

    [Fact]
    public async Task Reader_ThatTakesItInTimeStays()
    {
        Task<StreamEnd> stream = Start();
        _engine.Emit(Happenings.Many(5000));
        await BlockedAsync();
        _clock.Advance(_options.SlowReaderTimeout / 2);

        long taken = 0;
        while (taken < 5000 * 100)
        {
            ReadResult read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
            taken += read.Buffer.Length;
            _pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        Assert.False(stream.IsCompleted);
        await _pipe.Reader.CompleteAsync();
        _engine.Emit(Happenings.Many(1));
        Assert.Equal(StreamEnd.Closed, await stream.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reader_ThatIsRevokedIsNotWaitedFor()
    {
        Task<StreamEnd> stream = Start();
        _engine.Emit(Happenings.Many(1000));
        await BlockedAsync();

        _revoked.SetResult();

        Assert.Equal(StreamEnd.TooSlow, await stream.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<StreamEnd> Start()
    {
        EventSelection all = new(EventTypeFilter.All, Audience.House, new EventVisibility(new Ownership(_engine, _options)));
        EventStream stream = new(_engine.Events, new EncodedEvents(_options), _options with { Heartbeat = TimeSpan.FromDays(1) }, _clock);
        return stream.WriteAsync(_pipe.Writer, all, 0, _revoked.Task, TestContext.Current.CancellationToken);
    }

    /// <summary>The stream waits for its reader.</summary>
    private async Task BlockedAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        while (!_clock.HasTimerWithin(_options.SlowReaderTimeout))
        {
            Assert.False(patience.IsCancellationRequested, $"Waited {Patience} for the stream to wait for its reader.");
            await Task.Yield();
        }
    }
}
