using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.Events;

public sealed class EventJsonTests
{
    public static TheoryData<string> Names => [.. EventExamples.All.Select(example => example.Name)];

    [Fact]
    public void Examples_HaveEveryEventAndEveryType()
    {
        Type[] events = [.. typeof(GrainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GrainEvent)) && !type.IsAbstract)];
        Assert.Empty(events.Except(EventExamples.All.Select(example => example.Event.GetType())));
        string[] types = [.. Sources.CSharp("src/CrowdGrains.Core").Where(path => path.EndsWith("Events.cs", StringComparison.Ordinal))
            .SelectMany(path => Sources.Read(path).Split('"').Where((text, i) => i % 2 == 1 && text.Contains('.', StringComparison.Ordinal)))];
        Assert.Equal(types.Order(StringComparer.Ordinal), EventExamples.All.Select(example => example.Event.Type).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_GivesWhatReadersOfTheStreamRelyOn(string name)
    {
        (_, GrainEvent happened, string json) = Find(name);
        Assert.Equal(json, Write(happened));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_GivesTheEventBack(string name)
    {
        GrainEvent happened = Find(name).Event;
        Assert.Equal(Snapshot.Of(happened), Snapshot.Of(EventJson.Read(happened.Type, Encoding.UTF8.GetBytes(Write(happened)))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_TakesMembersInAnyOrderAndPassesOverOthers(string name)
    {
        GrainEvent happened = Find(name).Event;
        JsonObject turned = [];
        turned.Add("added-later", new JsonObject { ["requestId"] = "other", ["list"] = new JsonArray(1, "two") });
        foreach ((string member, JsonNode? value) in JsonNode.Parse(Write(happened))!.AsObject().Reverse())
        {
            turned.Add(member, value?.DeepClone());
        }

        byte[] json = Encoding.UTF8.GetBytes(turned.ToJsonString());
        Assert.Equal(Snapshot.Of(happened), Snapshot.Of(EventJson.Read(happened.Type, json)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ThrowsWhereverTheDataIsCutOff(string name)
    {
        GrainEvent happened = Find(name).Event;
        byte[] json = Encoding.UTF8.GetBytes(Write(happened));
        for (int length = 0; length < json.Length; length++)
        {
            Assert.ThrowsAny<JsonException>(() => EventJson.Read(happened.Type, json.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("request.unserved", """{"visit":2}""", "The data is no request.unserved: has no requestId")]
    [InlineData("request.unserved", """{"requestId":"r","visit":null}""", "The data is no request.unserved: has no visit")]
    [InlineData("request.unserved", "[]", "The data is no request.unserved: holds StartArray in place of StartObject")]
    [InlineData("request.searching", """{"requestId":"r","visit":1,"rung":{"index":0,"tier":"chief"}}""", "The data is no request.searching: is no Tier")]
    [InlineData("request.exploded", "{}", "The event type 'request.exploded' is not known.")]
    public void Read_SaysWhatIsWrong(string type, string json, string message) =>
        Assert.Equal(message, Assert.Throws<JsonException>(() => EventJson.Read(type, Encoding.UTF8.GetBytes(json))).Message);

    [Theory]
    [InlineData("""{"requestId":"r","visit":"two"}""")]
    [InlineData("""{"requestId":7,"visit":2}""")]
    [InlineData("""{"requestId":"not an id","visit":2}""")]
    [InlineData("""{"requestId":"r","visit":2.5}""")]
    public void Read_ThrowsJsonExceptionForValuesOfAnotherKind(string json) =>
        Assert.Throws<JsonException>(() => EventJson.Read("request.unserved", Encoding.UTF8.GetBytes(json)));

    [Theory]
    [MemberData(nameof(Names))]
    public void RequestOf_NamesTheRequestOfWhatBelongsToATimeline(string name)
    {
        GrainEvent happened = Find(name).Event;
        bool isOfATimeline = !happened.Type.StartsWith("helper.", StringComparison.Ordinal) || happened.Type == "helper.rated";
        Assert.Equal(isOfATimeline ? Ids.Request(1) : (RequestId?)null, EventJson.RequestOf(happened));
    }

    [Fact]
    public void Write_GoesOnAfterOneThatFailed()
    {
        Assert.Throws<ArgumentException>(() => Write(new NeverHeardOf()));
        (_, GrainEvent happened, string json) = EventExamples.All[0];
        Assert.Equal(json, Write(happened));
    }

    [Fact]
    public void Write_AllocatesNothingWhenWarm()
    {
        ArrayBufferWriter<byte> output = new(4096);
        GrainEvent[] events = [.. EventExamples.All.Select(example => example.Event)];
        long least = long.MaxValue;
        for (int batch = 0; batch < 20; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (GrainEvent happened in events)
            {
                output.ResetWrittenCount();
                EventJson.Write(happened, output);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static (string Name, GrainEvent Event, string Json) Find(string name) => EventExamples.All.Single(example => example.Name == name);

    private static string Write(GrainEvent happened)
    {
        ArrayBufferWriter<byte> output = new();
        EventJson.Write(happened, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed record NeverHeardOf : GrainEvent
    {
        public override string Type => "never.heard-of";
    }
}
