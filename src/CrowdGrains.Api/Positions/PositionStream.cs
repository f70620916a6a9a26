using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using CrowdGrains.Api.Keys;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Api.Positions;

/// <summary>
/// One stream of positions on its way to the engine: bytes come in as the network gives them, lines are read where they lie, and reports
/// leave in batches. A line costs no allocation; a helper's first one costs a lookup, made for all such lines of a buffer together.
/// </summary>
internal sealed class PositionStream(IDispatchEngine engine, KnownHelpers helpers, Caller caller, ApiOptions options)
{
    public const int MaxLineLength = 1024;
    private const int MaxErrors = 100;
    private const int BatchSize = 512;
    private const int MaxStrangers = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly PositionReport[] _batch = new PositionReport[BatchSize];
    private readonly List<Stranger> _strangers = [];
    private readonly List<LineError> _errors = [];
    private readonly byte[] _carry = new byte[MaxLineLength];
    private readonly byte[] _scratch = new byte[MaxLineLength];
    private int _batched;
    private int _carried;
    private bool _isTooLong;
    private long _line;
    private long _rejected;
    private Instant _now;

    /// <summary>How many reports the engine has taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Reads the stream to its end, or until nothing comes any more.</summary>
    /// <returns>Null when it was silent for too long; what was taken stays taken.</returns>
    /// <exception cref="UnavailableException">The engine had no room for longer than streams wait; what was taken stays taken.</exception>
    public async ValueTask<PositionsResult?> ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        ITimer alarm = engine.Clock.CreateTimer(
            static reader => ((PipeReader)reader!).CancelPendingRead(), input, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Waits for an alarm that is just going off: it must not reach the next request of the connection.
        await using ConfiguredAsyncDisposable end = alarm.ConfigureAwait(false);
        while (true)
        {
            if (await ListenAsync(input, alarm).ConfigureAwait(false) is not { } result)
            {
                return null;
            }

            _now = Instant.FromDateTimeOffset(engine.Clock.GetUtcNow());
            try
            {
                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    for (int taken = 0; taken < segment.Length;)
                    {
                        taken += Take(segment.Span[taken..]);
                        if (_batched == BatchSize || _strangers.Count == MaxStrangers)
                        {
                            await PassOnAsync(cancellation).ConfigureAwait(false);
                        }
                    }
                }
            }
            finally
            {
                // Also when the engine is full: a read that is left open would tear the connection down under the answer.
                input.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                // The last line need not have an end.
                EndLine(default);
                await PassOnAsync(cancellation).ConfigureAwait(false);
                return new PositionsResult(Accepted, _rejected, [.. _errors.OrderBy(error => error.Line)]);
            }

            // What is at hand leaves before the next wait, however long that is.
            await PassOnAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for more of the stream; null when that takes too long.</summary>
    private async ValueTask<ReadResult?> ListenAsync(PipeReader input, ITimer alarm)
    {
        long start = engine.Clock.GetTimestamp();
        TimeSpan left = options.PositionsSilence;
        while (left > TimeSpan.Zero)
        {
            // Without a token: see BodyReader.
            ValueTask<ReadResult> reading = input.ReadAsync(CancellationToken.None);
            if (!reading.IsCompleted)
            {
                alarm.Change(left, Timeout.InfiniteTimeSpan);
            }

            ReadResult result = await reading.ConfigureAwait(false);
            if (!result.Buffer.IsEmpty || result.IsCompleted)
            {
                return result;
            }

            // It was the alarm, perhaps one that was set for an earlier wait.
            input.AdvanceTo(result.Buffer.End);
            left = options.PositionsSilence - engine.Clock.GetElapsedTime(start);
        }

        return null;
    }

    /// <summary>Takes lines from the front until a batch is full or nothing is left; the beginning of a line is carried over.</summary>
    /// <returns>How many bytes were taken.</returns>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        while (taken < bytes.Length && _batched < BatchSize && _strangers.Count < MaxStrangers)
        {
            ReadOnlySpan<byte> rest = bytes[taken..];
            int end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                Carry(rest);
                return bytes.Length;
            }

            EndLine(rest[..end]);
            taken += end + 1;
        }

        return taken;
    }

    private void Carry(ReadOnlySpan<byte> bytes)
    {
        if (_isTooLong || bytes.Length > _carry.Length - _carried)
        {
            _isTooLong = true;
            return;
        }

        bytes.CopyTo(_carry.AsSpan(_carried));
        _carried += bytes.Length;
    }

    private void EndLine(ReadOnlySpan<byte> end)
    {
        if (_carried > 0 || _isTooLong)
        {
            Carry(end);
            end = _carry.AsSpan(0, _carried);
        }

        _line++;
        if (_isTooLong || end.Length > MaxLineLength)
        {
            Reject(_line, PositionFault.LineTooLong);
        }
        else
        {
            Read(end);
        }

        _carried = 0;
        _isTooLong = false;
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (line.IsEmpty)
        {
            return;
        }

        PositionFault fault = PositionLine.TryRead(line, _scratch, out PositionLine read);
        if (fault == PositionFault.None && read.At > _now + options.PositionsAhead)
        {
            fault = PositionFault.InvalidTime;
        }

        if (fault != PositionFault.None)
        {
            Reject(_line, fault);
        }
        else if (helpers.TryGet(read.HelperId, out KnownHelper? helper))
        {
            Add(helper, read.At ?? _now, read.Position, _line);
        }
        else if (Ascii.IsValid(read.HelperId) && Encoding.ASCII.GetString(read.HelperId) is string id && Identifier.IsValid(id))
        {
            _strangers.Add(new Stranger(HelperId.From(id), read.At ?? _now, read.Position, _line));
        }
        else
        {
            Reject(_line, PositionFault.Invalid);
        }
    }

    private void Add(KnownHelper helper, Instant at, LatLng position, long line)
    {
        if (caller.MaySee(helper.Id, helper.Partner))
        {
            _batch[_batched++] = new PositionReport(helper.Id, at, position);
        }
        else
        {
            Reject(line, PositionFault.NotFound);
        }
    }

    private void Reject(long line, PositionFault fault)
    {
        _rejected++;
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new LineError(line, fault.Code()));
        }
    }

    private async ValueTask PassOnAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        if (_strangers.Count > 0)
        {
            await MeetAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Finds out who the strangers are. Their reports come after those of the known, but a helper's stay in order among themselves.</summary>
    private async ValueTask MeetAsync(CancellationToken cancellation)
    {
        HelperId[] ids = [.. _strangers.Select(stranger => stranger.Helper).Distinct()];
        KnownHelper?[] found = new KnownHelper?[ids.Length];
        await helpers.FindAsync(ids, found, cancellation).ConfigureAwait(false);
        Dictionary<HelperId, KnownHelper?> known = ids.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (Stranger stranger in _strangers)
        {
            if (known[stranger.Helper] is { } helper)
            {
                Add(helper, stranger.At, stranger.Position, stranger.Line);
            }
            else
            {
                Reject(stranger.Line, PositionFault.NotFound);
            }
        }

        _strangers.Clear();
        await FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        long start = 0;
        for (int sent = 0; sent < _batched;)
        {
            int taken = engine.Report(_batch.AsSpan(sent, _batched - sent));
            sent += taken;
            Accepted += taken;
            if (sent < _batched)
            {
                start = start == 0 || taken > 0 ? engine.Clock.GetTimestamp() : start;
                if (engine.Clock.GetElapsedTime(start) > options.PositionsWait)
                {
                    throw new UnavailableException(UnavailableReason.Overloaded, TimeSpan.FromSeconds(1));
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }

        _batched = 0;
    }

    /// <summary>A report of a helper that has not been named before.</summary>
    private readonly record struct Stranger(HelperId Helper, Instant At, LatLng Position, long Line);
}
