using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Commits;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// What leaves grains. Messages for the shard itself wait in a queue, those for another leave together at the end of the round. Answers
/// go last: whoever is told that a helper is online must not find that its cell has not heard of it.
/// </summary>
internal sealed class ShardPost(Shard shard, EmbeddedEngine engine, int number, int shards)
{
    private readonly Queue<Envelope> _local = new();
    private readonly List<Envelope>[] _outgoing = [.. Enumerable.Range(0, shards).Select(_ => new List<Envelope>())];
    private readonly List<Release> _answers = [];

    /// <summary>Lists that other shards have emptied.</summary>
    private readonly ConcurrentQueue<List<Envelope>> _returned = new();

    /// <summary>How many wait for grains of the shard itself.</summary>
    public int Count => _local.Count;

    /// <summary>A send, a reply or the answer to a read leaves its grain.</summary>
    public void Perform(in Release release)
    {
        if (release is { Read: null, Effect.Kind: EffectKind.Send })
        {
            Send(release.Effect.To, release.Effect.Message);
        }
        else
        {
            _answers.Add(release);
        }
    }

    public void Take(FromShard mail)
    {
        foreach (ref readonly Envelope message in CollectionsMarshal.AsSpan(mail.Messages))
        {
            _local.Enqueue(message);
        }

        mail.Messages.Clear();
        mail.Sender._returned.Enqueue(mail.Messages);
    }

    public bool TryTake(out Envelope envelope) => _local.TryDequeue(out envelope);

    /// <summary>False when nothing had to leave.</summary>
    public bool SendAll()
    {
        bool sent = _answers.Count > 0;
        for (int to = 0; to < _outgoing.Length; to++)
        {
            if (_outgoing[to].Count > 0)
            {
                sent = true;
                engine.Post(to, new FromShard(_outgoing[to], this));
                _outgoing[to] = _returned.TryDequeue(out List<Envelope>? emptied) ? emptied : [];
            }
        }

        _answers.ForEach(Answer);
        _answers.Clear();
        return sent;
    }

    private void Send(in GrainId to, Message message)
    {
        int home = engine.ShardOf(to);
        if (home == number)
        {
            _local.Enqueue(new Envelope(to, message));
        }
        else
        {
            _outgoing[home].Add(new Envelope(to, message));
        }
    }

    private void Answer(Release answer)
    {
        if (answer.Read is { } read)
        {
            read.Complete();
        }
        else
        {
            answer.Grain.Answer(answer.Effect.Operation, answer.Effect.Answer);
            shard.RemoveIfUnknown(answer.Grain);
        }
    }
}
