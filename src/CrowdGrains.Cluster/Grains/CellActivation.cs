using System.Collections.Immutable;
using CrowdGrains.Cluster.Regions;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Cluster.Timers;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A cell on a silo. All of it is soft: a silo that dies takes it along, and heartbeats make it anew elsewhere.</summary>
[GrainType("cell")]
[RegionPlacement]
internal sealed class CellActivation(TurnHost host, SiloCells cells) : Grain, ICellGrain
{
    private readonly ActivationLife _life = new();
    private CellState? _state;
    private ICellGrain? _self;

    private CellIndex Cell => CellIndex.FromValue(unchecked((ulong)this.GetPrimaryKeyLong()));

    private CellState State => _state ??= new CellState(Cell);

    private ICellGrain Self => _self ??= this.AsReference<ICellGrain>();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        cells.Add(Cell, Self);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _life.End();
        cells.Remove(Cell, Self);
        return Task.CompletedTask;
    }

    public Task TellAsync(Message message)
    {
        try
        {
            foreach (Effect effect in host.Run(State, message).Effects)
            {
                if (effect.Kind == EffectKind.Send)
                {
                    host.Post.Send(effect.To, effect.Message);
                }
                else if (effect.Kind == EffectKind.SetTimer)
                {
                    host.Timers.Arm(Self, _life, effect.Timer, effect.Due);
                }
            }
        }
#pragma warning disable CA1031 // Whatever broke, the cell is in doubt: heartbeats make it anew.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            host.Log.TurnFailed(State.Id, message.GetType().Name, broken);
            DeactivateOnIdle();
        }
        finally
        {
            host.Counters.CountReceived();
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeAsync(int resolution)
    {
        Dictionary<CellIndex, int> counts = [];
        State.CountFree(resolution, host.Clock.Now, counts);
        return Task.FromResult(counts.ToImmutableArray());
    }
}
