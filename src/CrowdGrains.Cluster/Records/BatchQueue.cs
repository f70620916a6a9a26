using System.Threading.Channels;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Records;

/// <summary>
/// What many grains ask of the store at once, answered by a few workers a batch at a time: while a batch is under way the next one
/// grows, so one round trip serves many. Bounded: who finds it full is told.
/// </summary>
internal sealed class BatchQueue<TAsked, TAnswer> : IAsyncDisposable
{
    private readonly Channel<Item> _waiting;
    private readonly Func<IReadOnlyList<TAsked>, CancellationToken, Task<IReadOnlyList<TAnswer>>> _answer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _workers;
    private readonly int _maxBatch;

    /// <param name="answer">Answers a batch: as many answers, in the same order. What it throws reaches everybody in the batch.</param>
    public BatchQueue(int workers, int capacity, int maxBatch, Func<IReadOnlyList<TAsked>, CancellationToken, Task<IReadOnlyList<TAnswer>>> answer)
    {
        _maxBatch = maxBatch;
        _answer = answer;
        _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        _workers = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>How many wait for a worker.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Null when the queue is full or ends.</summary>
    public Task<TAnswer>? TryAsk(TAsked asked)
    {
        Item item = new(asked);
        return _waiting.Writer.TryWrite(item) ? item.Answer.Task : null;
    }

    /// <summary>Answers what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stopping.CancelAfter(TimeSpan.FromSeconds(5));
        await _workers.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        List<Item> batch = [];
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out Item? item))
            {
                batch.Add(item);
            }

            if (batch.Count > 0)
            {
                await AnswerAsync(batch).ConfigureAwait(false);
            }
        }
    }

    private async Task AnswerAsync(List<Item> batch)
    {
        try
        {
            IReadOnlyList<TAnswer> answers = await _answer(batch.ConvertAll(item => item.Asked), _stopping.Token).ConfigureAwait(false);
            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.SetResult(answers[i]);
            }
        }
        catch (StoreException fault) when (fault.IsRejection && batch.Count > 1)
        {
            // One of them is at fault, and costs nobody but itself.
            foreach (Item item in batch)
            {
                await AnswerAsync([item]).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is for those who wait; the worker goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            foreach (Item item in batch)
            {
                item.Answer.TrySetException(fault);
            }
        }
    }

    private sealed class Item(TAsked asked)
    {
        public TAsked Asked { get; } = asked;

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
