using System.Buffers;
using System.Runtime.CompilerServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace CrowdGrains.Cluster.Wire;

/// <summary>
/// A choice as its number, in one byte and a header. Orleans' own way boxes every value and names its type again; a search's answer has forty.
/// A choice this program does not know, from a newer one, is kept as its number.
/// </summary>
internal abstract class EnumCodec<T> : IFieldCodec<T>
    where T : struct, Enum
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, T value)
        where TBufferWriter : IBufferWriter<byte> =>
        ByteCodec.WriteField(ref writer, fieldIdDelta, expectedType, Unsafe.BitCast<T, byte>(value), typeof(T));

    public T ReadValue<TInput>(ref Reader<TInput> reader, Field field) => Unsafe.BitCast<byte, T>(ByteCodec.ReadValue(ref reader, field));
}

[RegisterSerializer]
internal sealed class AnswerCodeCodec : EnumCodec<AnswerCode>;

[RegisterSerializer]
internal sealed class DeclineReasonCodec : EnumCodec<DeclineReason>;

[RegisterSerializer]
internal sealed class GrainKindCodec : EnumCodec<GrainKind>;

[RegisterSerializer]
internal sealed class NotAskedReasonCodec : EnumCodec<NotAskedReason>;

[RegisterSerializer]
internal sealed class OfferStepCodec : EnumCodec<OfferStep>;

[RegisterSerializer]
internal sealed class PresenceCodec : EnumCodec<Presence>;

[RegisterSerializer]
internal sealed class ReleaseReasonCodec : EnumCodec<ReleaseReason>;

[RegisterSerializer]
internal sealed class RequestStatusCodec : EnumCodec<RequestStatus>;

[RegisterSerializer]
internal sealed class RoundKindCodec : EnumCodec<RoundKind>;

[RegisterSerializer]
internal sealed class SeverityCodec : EnumCodec<Severity>;

[RegisterSerializer]
internal sealed class TierCodec : EnumCodec<Tier>;

[RegisterSerializer]
internal sealed class TimerKeyCodec : EnumCodec<TimerKey>;

[RegisterSerializer]
internal sealed class VisitOutcomeCodec : EnumCodec<VisitOutcome>;

[RegisterSerializer]
internal sealed class WhenEmptyCodec : EnumCodec<WhenEmpty>;

[RegisterSerializer]
internal sealed class WithdrawReasonCodec : EnumCodec<WithdrawReason>;
