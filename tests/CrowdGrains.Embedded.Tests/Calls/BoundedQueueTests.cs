using CrowdGrains.Embedded.Calls;

namespace CrowdGrains.Embedded.Tests.Calls;

public sealed class BoundedQueueTests
{
    [Fact]
    public void TryEnqueue_RefusesWhenFull()
    {
        BoundedQueue<int> queue = new(16);
        for (int i = 0; i < 16; i++)
        {
            Assert.True(queue.TryEnqueue(i));
        }

        Assert.False(queue.TryEnqueue(16));
        Assert.Equal(16, queue.Count);
        Assert.True(queue.TryDequeue(out int first));
        Assert.Equal(0, first);
        Assert.True(queue.TryEnqueue(16));
    }

    [Fact]
    public void TryDequeue_AnswersFalseWhenEmpty() => Assert.False(new BoundedQueue<int>(4).TryDequeue(out _));

    [Fact]
    public async Task ManyWriters_LoseNothingAndKeepTheirOrder()
    {
        const int Writers = 4;
        const int Each = 20_000;
        BoundedQueue<(int Writer, int Number)> queue = new(64);
        Task[] writers =
        [
            .. Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
            {
                for (int i = 0; i < Each; i++)
                {
                    SpinWait spin = default;
                    while (!queue.TryEnqueue((writer, i)))
                    {
                        spin.SpinOnce();
                    }
                }
            })),
        ];
        int[] next = new int[Writers];
        SpinWait wait = default;
        for (int taken = 0; taken < Writers * Each;)
        {
            if (queue.TryDequeue(out (int Writer, int Number) item))
            {
                Assert.Equal(next[item.Writer]++, item.Number);
                taken++;
            }
            else
            {
                wait.SpinOnce();
            }
        }

        await Task.WhenAll(writers);
        Assert.False(queue.TryDequeue(out _));
    }
}
