using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Commits;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// Runs the turns of a shard's grains and sends their effects on their ways: at once when nothing durable has moved, otherwise with the
/// batch that the committer brings back. A turn that breaks costs the grain its place in memory, and nobody else anything.
/// </summary>
internal sealed class ShardTurns(
    Shard shard,
    EmbeddedEngine engine,
    DispatchRules rules,
    ShardPost post,
    ShardTimers timers,
    ShardRecords records,
    ShardCommits commits)
{
    private readonly TurnRunner _runner = new(rules);

    /// <summary>A message, a command or a question reaches a grain that is in memory.</summary>
    public void Handle(Activation grain, GrainState state, object content)
    {
        grain.TouchedAt = shard.Now.UnixMilliseconds;
        switch (content)
        {
            case Message message:
                Run(grain, state, message, "");
                break;
            case CommandCall call:
                grain.Await(call);
                Run(grain, state, call.Command, call.Command.Actor);
                break;
            case ReadCall call:
                call.Read(state);
                Leave(new Release(grain, default, call));
                shard.RemoveIfUnknown(grain);
                break;
        }
    }

    private void Run(Activation grain, GrainState state, Message message, string actor)
    {
        Turn turn;
        try
        {
            turn = _runner.Run(state, message, shard.Now);
        }
#pragma warning disable CA1031 // Whatever broke, the activation is in doubt: it is dropped, and the shard goes on.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            engine.TurnFailed(grain.Id, message, broken);
            records.Reload(grain, commits, broken);
            return;
        }

        shard.Counters.Count(turn);
        if (turn.Outcome == TurnOutcome.Durable)
        {
            commits.Write(grain, state, turn, actor);
        }

        foreach (ref readonly Effect effect in turn.Effects)
        {
            if (effect.Kind == EffectKind.SetTimer)
            {
                timers.Arm(grain, effect.Timer, effect.Due);
            }
            else if (effect.Kind is EffectKind.Send or EffectKind.Reply)
            {
                Leave(new Release(grain, effect, null));
            }
        }

        shard.RemoveIfUnknown(grain);
    }

    /// <summary>Not even a soft turn's effects may overtake what they rest on.</summary>
    private void Leave(in Release release)
    {
        if (commits.IsPending(release.Grain))
        {
            commits.Hold(release);
        }
        else
        {
            post.Perform(release);
        }
    }
}
