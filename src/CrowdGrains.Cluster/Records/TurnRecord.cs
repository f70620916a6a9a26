using System.Buffers;
using System.Collections.Immutable;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Records;

/// <summary>What a durable turn leaves behind, as bytes.</summary>
internal static class TurnRecord
{
    public static TurnWrite Of(GrainState state, TurnResult turn, string actor)
    {
        ArrayBufferWriter<byte> record = new(1024);
        GrainRecord.Write(state, record);
        ImmutableArray<EventRow>.Builder events = ImmutableArray.CreateBuilder<EventRow>();
        ArrayBufferWriter<byte>? json = null;
        foreach (Effect effect in turn.Effects)
        {
            if (effect.Kind == EffectKind.Emit)
            {
                events.Add(EventJson.ToRow(effect, turn.At, actor, json ??= new ArrayBufferWriter<byte>(512)));
            }
        }

        return new TurnWrite(new GrainRow(state.Id, state.Version, record.WrittenMemory, state.Timers.Earliest), events.DrainToImmutable());
    }
}
