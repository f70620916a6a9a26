using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>One log, read by every kind of key, as a page and as a stream.</summary>
public sealed class EventVisibilityTests
{
    // The sequence of each is its place, from 1.
    private static readonly GrainEvent[] Day =
    [
        Happenings.Registered("h1", "p1"),
        Happenings.Registered("h2", "p2"),
        Happenings.Registered("h3"),
        Happenings.Submitted("r1", "p1"),
        Happenings.Submitted("r2"),
        Happenings.Searching("r1"),
        Happenings.Offer(OfferStep.Issued, "r1", "h2"),
        Happenings.Offer(OfferStep.Declined, "r1", "h2"),
        Happenings.Offer(OfferStep.Issued, "r1", "h3"),
        Happenings.Assigned("r1", "h3"),
        Happenings.Assigned("r2", "h1"),
        Happenings.Completed("r1", "h3"),
        Happenings.Rated("r1", "h3"),
        Happenings.Cancelled("r2", "h1"),
        Happenings.Submitted("r3", "p2"),
        Happenings.Cancelled("r3", null),
        Happenings.Stale("h1"),
    ];

    [Theory]
    [InlineData("dispatch", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17")]
    [InlineData("helper:h1", "1 11 14 17")]
    [InlineData("helper:h2", "2 7 8")]
    [InlineData("helper:h3", "3 9 10 12 13")]
    [InlineData("helper:h4", "")]
    [InlineData("partner:p1", "1 4 6 10 11 12 13 14 17")]
    [InlineData("partner:p2", "2 7 8 15 16")]
    [InlineData("partner:p3", "")]
    public async Task Key_SeesItsOwnAndNothingElse(string scope, string expected)
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Day);
        (_, string secret) = await server.MakeKeyAsync(scope);
        string[] ids = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(ids, (await server.GetAsync("/v1/events", secret)).Ids);
        using SseReader stream = await server.OpenAsync("?after=0", secret);
        Assert.Equal(ids, await stream.NextIdsAsync(ids.Length));
    }

    [Fact]
    public async Task Helper_SeesNoPlaceBeforeAcceptance()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Day);
        (_, string secret) = await server.MakeKeyAsync("helper:h3");

        string page = (await server.GetAsync("/v1/events", secret)).Body;

        Assert.DoesNotContain("position", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("40.75", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partner_ThatResumesInTheMiddleSeesTheSame()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Helpers[HelperId.From("h1")] = Snapshot("h1", "p1");
        server.Log.Emit(Day);
        (_, string secret) = await server.MakeKeyAsync("partner:p1");

        Assert.Equal(["11", "14", "17"], (await server.GetAsync("/v1/events?after=10&types=request.assigned,request.cancelled,helper.*", secret)).Ids);
    }

    [Fact]
    public async Task Partner_SeesWhatItsHelpersDoAfterTheyChangedSides()
    {
        await using EventServer server = await EventServer.StartAsync();
        (_, string before) = await server.MakeKeyAsync("partner:p1");
        (_, string after) = await server.MakeKeyAsync("partner:p2");
        server.Log.Emit(
            Happenings.Registered("h1", "p1"),
            new HelperUpdated(HelperId.From("h1"), Profiles.Friend with { Partner = PartnerId.From("p2") }),
            Happenings.Stale("h1"));

        Assert.Equal(["1"], (await server.GetAsync("/v1/events", before)).Ids);
        Assert.Equal(["2", "3"], (await server.GetAsync("/v1/events?after=1", after)).Ids);
    }

    private static HelperSnapshot Snapshot(string helper, string partner) => new(
        Profiles.Card(helper, Profiles.Friend with { Partner = PartnerId.From(partner) }), 1, Presence.Offline, false, null, Instant.Never, []);
}
