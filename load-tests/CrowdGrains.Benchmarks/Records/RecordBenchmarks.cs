using System.Buffers;
using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using CrowdGrains.Benchmarks.Turns;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Benchmarks.Records;

/// <summary>What a durable turn writes: the record of a helper who holds an offer, of a request with one round of eight candidates, and two events.</summary>
[Config(typeof(InProcess))]
public class RecordBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(16_384);
    private HelperState _helper = new(HelperId.From("none"));
    private RequestState _request = new(RequestId.From("none"));
    private GrainEvent _offer = new HelperWentStale(HelperId.From("none"));
    private GrainEvent _submitted = new HelperWentStale(HelperId.From("none"));
    private byte[] _helperRecord = [];
    private byte[] _requestRecord = [];

    [GlobalSetup]
    public void Dispatch()
    {
        TownStage stage = new();
        _request = new RequestState(RequestId.From("request-1"));
        RequestSpec spec = new(
            CustomerId.From("customer-1"), "router-setup", [], TownStage.Center, [], null, null, null, null, "web", "The router blinks red.");
        FindHelpers[] asked = Sent<FindHelpers>(stage.Runner.Run(_request, new SubmitRequest(OperationId.From("submit"), spec), stage.Now));
        _submitted = stage.Runner.Run(new RequestState(_request.Request), new SubmitRequest(OperationId.From("submit"), spec), stage.Now)
            .Effects.ToArray().First(effect => effect.Kind == EffectKind.Emit).Event;
        ImmutableArray<Candidate> candidates =
            [.. Enumerable.Range(0, 8).Select(i => new Candidate(HelperId.From($"helper-{i}"), 400 + i, 300 + i, new Score(-900, -300 - i, 0, 60, 0)))];
        IssueOffer[] offers = [];
        foreach (FindHelpers question in asked)
        {
            HelpersFound found = new(question.Search, question.Slot, question.Slot == 0 ? candidates : [], [], []);
            offers = Sent<IssueOffer>(stage.Runner.Run(_request, found, stage.Now));
        }

        // Not every helper of the town has the skill.
        for (int number = 0; _helper.Commitments.Count == 0 && number < 100; number++)
        {
            _helper = stage.Helper(number);
            _offer = stage.Runner.Run(_helper, offers[0], stage.Now).Effects.ToArray()
                .Where(effect => effect.Kind == EffectKind.Emit).Select(effect => effect.Event).FirstOrDefault(_offer);
        }

        _helperRecord = Bytes(_helper);
        _requestRecord = Bytes(_request);
        Console.WriteLine($"// A helper's record has {_helperRecord.Length} bytes, a request's {_requestRecord.Length}.");
    }

    [Benchmark(Baseline = true)]
    public int WriteHelper() => Write(_helper);

    [Benchmark]
    public int WriteRequest() => Write(_request);

    [Benchmark]
    public GrainState ReadHelper() => GrainRecord.Read(_helper.Id, 1, _helperRecord);

    [Benchmark]
    public GrainState ReadRequest() => GrainRecord.Read(_request.Id, 1, _requestRecord);

    [Benchmark]
    public int WriteOfferEvent() => Write(_offer);

    [Benchmark]
    public int WriteSubmittedEvent() => Write(_submitted);

    private static T[] Sent<T>(Turn turn)
        where T : Message =>
        [.. turn.Effects.ToArray().Where(effect => effect.Kind == EffectKind.Send).Select(effect => effect.Message).OfType<T>()];

    private byte[] Bytes(GrainState grain)
    {
        Write(grain);
        return _output.WrittenSpan.ToArray();
    }

    private int Write(GrainState grain)
    {
        _output.ResetWrittenCount();
        GrainRecord.Write(grain, _output);
        return _output.WrittenCount;
    }

    private int Write(GrainEvent happened)
    {
        _output.ResetWrittenCount();
        EventJson.Write(happened, _output);
        return _output.WrittenCount;
    }
}
