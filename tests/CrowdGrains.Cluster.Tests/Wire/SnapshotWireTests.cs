using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>Grains arrive as they are shown, in every state in which they can be.</summary>
public sealed class SnapshotWireTests(WireSerializer wire) : IClassFixture<WireSerializer>
{
    private static readonly RequestSpec Appointment = RequestStage.Spec() with
    {
        Severity = Core.Ladder.Severity.High,
        NotBefore = ManualClock.Start + TimeSpan.FromHours(2),
        Preferred = Ids.Ben,
        Partner = PartnerId.From("acme"),
        Labels = new Labels("external", [new("floor", "3"), new("door", "left")]),
    };

    public static TheoryData<string> Helpers => [.. HelperStages.Keys];

    public static TheoryData<string> Requests => [.. RequestStages.Keys];

    private static Dictionary<string, Func<HelperStage>> HelperStages { get; } = new()
    {
        ["registered"] = () => HelperStage.Registered(Profiles.Technician),
        ["online"] = () => HelperStage.Online(until: ManualClock.Start + TimeSpan.FromHours(8)),
        ["stale"] = HelperStage.Stale,
        ["on a break"] = HelperStage.OnBreak,
        ["offline"] = HelperStage.Offline,
        ["reserved"] = () => HelperStage.Reserved(capacity: 3, offers: 2),
        ["awaiting"] = () => HelperStage.Awaiting(),
        ["bound"] = () => HelperStage.Bound(),
    };

    private static Dictionary<string, Func<RequestStage>> RequestStages { get; } = new()
    {
        ["searching"] = () => RequestStage.Searching(),
        ["scheduled"] = () => RequestStage.Searching(Appointment),
        ["waiting"] = () => RequestStage.Waiting(),
        ["offering"] = () => RequestStage.Offering(),
        ["offering to three"] = () => RequestStage.Offering("lift", candidates: 4),
        ["assigned"] = () => RequestStage.Assigned(),
        ["en route"] = () => RequestStage.EnRoute(),
        ["on site"] = () => RequestStage.OnSite(),
        ["completed"] = RequestStage.Completed,
        ["rated"] = Rated,
        ["cancelled"] = RequestStage.Cancelled,
        ["unserved"] = RequestStage.Unserved,
        ["aborted"] = RequestStage.Aborted,
    };

    [Theory]
    [MemberData(nameof(Helpers))]
    public void Send_BringsAHelper(string stage)
    {
        HelperSnapshot sent = HelperStages[stage]().State.ToSnapshot()!;

        Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send(sent)));
        Assert.Same(sent, wire.Copy(sent));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Send_BringsARequest(string stage)
    {
        RequestSnapshot sent = RequestStages[stage]().State.ToSnapshot()!;

        Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send(sent)));
        Assert.Same(sent, wire.Copy(sent));
    }

    [Fact]
    public void Send_BringsWhateverIsInASnapshot()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Examples examples = new(seed, isFull: seed == 0);
            HelperSnapshot helper = examples.Make<HelperSnapshot>();
            Assert.Equal(Snapshot.Of(helper), Snapshot.Of(wire.Send(helper)));
            RequestSnapshot request = examples.Make<RequestSnapshot>();
            Assert.Equal(Snapshot.Of(request), Snapshot.Of(wire.Send(request)));
        }
    }

    [Fact]
    public void Send_BringsThatThereIsNone()
    {
        Assert.Null(wire.Send<HelperSnapshot?>(null));
        Assert.Null(wire.Send<RequestSnapshot?>(null));
    }

    private static RequestStage Rated()
    {
        RequestStage stage = RequestStage.Completed();
        stage.Tell(new RateRequest(stage.NextOperation(), 4, Resolved: true));
        return stage;
    }
}
