using System.Text;
using System.Text.Json;
using CrowdGrains.Api.Events;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

public sealed class EncodedEventTests
{
    [Fact]
    public void Frame_IsOneBlockOfAStream()
    {
        string frame = Encoding.UTF8.GetString(EncodedEvent.Of(Event(7, """{"a":"ü"}"""), "/crowdgrains").Frame.Span);

        Assert.Matches("^id: 7\nevent: helper.stale\ndata: \\{[^\n]*\\}\n\n$", frame);
    }

    [Fact]
    public void Frame_StaysOneBlockWhenTheStoredJsonHasLines()
    {
        EncodedEvent encoded = EncodedEvent.Of(Event(7, "{\r\n  \"a\": 1\n}"), "/crowdgrains");

        Assert.Equal(5, encoded.Frame.Span.Count((byte)'\n') + 1);
        Assert.Equal(1, JsonDocument.Parse(encoded.Json).RootElement.GetProperty("data").GetProperty("a").GetInt32());
    }

    [Fact]
    public void Of_EncodesOnceForAllReaders()
    {
        EncodedEvents events = new(new EventOptions());
        LoggedEvent happened = Event(7, "{}");

        Assert.Same(events.Of(happened), events.Of(happened));
    }

    [Fact]
    public void Of_NamesTheInstance()
    {
        EncodedEvent encoded = new EncodedEvents(new EventOptions { Instance = "zurich-1" }).Of(Event(7, "{}"));

        Assert.Equal("/crowdgrains/zurich-1", JsonDocument.Parse(encoded.Json).RootElement.GetProperty("source").GetString());
    }

    [Fact]
    public void Of_KeepsTheNewestWhenOldOnesAreRead()
    {
        EncodedEvents events = new(new EventOptions { EncodedEvents = 4 });
        LoggedEvent young = Event(9, "{}");
        EncodedEvent encoded = events.Of(young);

        Assert.Equal(5, events.Of(Event(5, "{}")).Sequence);
        Assert.Same(encoded, events.Of(young));
    }

    [Fact]
    public void Of_ForgetsWhatWasRewritten()
    {
        EncodedEvents events = new(new EventOptions());
        events.Of(Event(7, """{"customerId":"c1"}"""));

        string rewritten = Encoding.UTF8.GetString(events.Of(Event(7, "{}")).Json.Span);

        Assert.DoesNotContain("c1", rewritten, StringComparison.Ordinal);
    }

    private static LoggedEvent Event(long sequence, string data) =>
        new(new EventRow(sequence, ManualClock.Start, Ids.Anna, 1, null, "helper.stale", "", Encoding.UTF8.GetBytes(data)), Happenings.Stale("anna"));
}
