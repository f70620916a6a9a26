using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Turns;

/// <summary>A refused message changes nothing: every message to every state.</summary>
public sealed class RefusedTurnTests
{
    private static readonly Dictionary<string, Func<(Func<Message, TurnResult> Tell, GrainState State)>> States = new()
    {
        ["helper unregistered"] = () => Of(HelperStage.Unregistered()),
        ["helper registered"] = () => Of(HelperStage.Registered()),
        ["helper online"] = () => Of(HelperStage.Online()),
        ["helper reserved"] = () => Of(HelperStage.Reserved()),
        ["helper reserved of two"] = () => Of(HelperStage.Reserved(capacity: 2)),
        ["helper awaiting"] = () => Of(HelperStage.Awaiting()),
        ["helper ordered"] = () => Of(HelperStage.Ordered()),
        ["helper bound"] = () => Of(HelperStage.Bound()),
        ["helper offline"] = () => Of(HelperStage.Offline()),
        ["helper on break"] = () => Of(HelperStage.OnBreak()),
        ["helper stale"] = () => Of(HelperStage.Stale()),
        ["request unsubmitted"] = () => Of(RequestStage.Unsubmitted()),
        ["request scheduled"] = () => Of(RequestStage.Scheduled()),
        ["request searching"] = () => Of(RequestStage.Searching()),
        ["request waiting"] = () => Of(RequestStage.Waiting()),
        ["request offering"] = () => Of(RequestStage.Offering()),
        ["request offering in parallel"] = () => Of(RequestStage.Offering("lift", 4)),
        ["request ordering"] = () => Of(RequestStage.Ordering()),
        ["request ordering before its appointment"] = () => Of(RequestStage.Ordering(RequestStage.Scheduled())),
        ["request assigned"] = () => Of(RequestStage.Assigned()),
        ["request en route"] = () => Of(RequestStage.EnRoute()),
        ["request on site"] = () => Of(RequestStage.OnSite()),
        ["request completed"] = () => Of(RequestStage.Completed()),
        ["request cancelled"] = () => Of(RequestStage.Cancelled()),
        ["request unserved"] = () => Of(RequestStage.Unserved()),
        ["request aborted"] = () => Of(RequestStage.Aborted()),
        ["cell empty"] = () => Of(CellStage.Empty()),
        ["cell listing"] = () => Of(CellStage.WithHelpers("anna", "ben")),
    };

    public static TheoryData<string> StateNames => new(States.Keys);

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Refused_ChangesNothing(string name)
    {
        foreach (Message message in Messages())
        {
            (Func<Message, TurnResult> tell, GrainState state) = States[name]();
            string before = Snapshot.Lines(state);
            TurnResult turn = tell(message);
            if (turn.Outcome == TurnOutcome.Refused)
            {
                Assert.NotEqual(Refusal.None, turn.Refusal);
                Assert.Equal(before, Snapshot.Lines(state));
                Assert.DoesNotContain(turn.Effects, effect => effect.Kind is EffectKind.Emit or EffectKind.SetTimer or EffectKind.ClearTimer);
            }
            else
            {
                Assert.Equal(Refusal.None, turn.Refusal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Soft_EmitsNoEventAndAnswersNoCommand(string name)
    {
        foreach (Message message in Messages())
        {
            TurnResult turn = States[name]().Tell(message);
            if (turn.Outcome == TurnOutcome.Soft)
            {
                Assert.DoesNotContain(turn.Effects, effect => effect.Kind is EffectKind.Emit or EffectKind.Reply);
            }
        }
    }

    [Fact]
    public void Messages_HaveAnExampleOfEveryType()
    {
        HashSet<Type> examples = [.. Messages().Select(message => message.GetType())];
        Assert.DoesNotContain(
            typeof(Message).Assembly.GetTypes(), type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract && !examples.Contains(type));
    }

    private static (Func<Message, TurnResult> Tell, GrainState State) Of<TState>(Stage<TState> stage)
        where TState : GrainState => (stage.Tell, stage.State);

    /// <summary>Of each type one example that fits some state, one from long ago and one about things unheard of, where that makes a difference.</summary>
    private static List<Message> Messages()
    {
        OperationId op = Ids.Op("fresh");
        Instant now = ManualClock.Start;
        UnitVector near = Sites.Near.ToUnitVector();
        HelperCard anna = Profiles.Card("anna");
        Need need = Needs.Router(Ids.Request(1));
        List<Message> messages =
        [
            new RegisterHelper(op, Profiles.Friend), new RegisterHelper(op, Profiles.Friend with { Capacity = 0 }),
            new UpdateHelper(op, Profiles.Friend), new UpdateHelper(op, Profiles.Friend with { Capacity = 0 }),
            new GoOnline(op, Sites.Near, null), new GoOnline(op, Sites.Near, now - TimeSpan.FromDays(1)),
            new GoOffline(op), new TakeBreak(op),
            new PositionReported(now + TimeSpan.FromHours(1), Sites.Near), new PositionReported(now - TimeSpan.FromHours(1), Sites.Near),
            new HelperRated(Ids.Request(1), 5), new RatingCounted(Ids.Anna), new RequestsFound(1, 0, []), new RequestsFound(2, 99, []), new ProposalDeclined(Ids.Request(1)),
            new SubmitRequest(op, RequestStage.Spec()), new SubmitRequest(op, RequestStage.Spec("no-such")),
            new CancelRequest(op, "no need"), new ForgetCustomer(op), new RateRequest(op, 5, true), new RateRequest(op, 0, true),
            new WithdrawHelpers(op, "elsewhere"), new WithdrawHelpers(op, new string('x', 201)),
            new ChangeSeverity(op, Severity.Critical), new ChangeSeverity(op, Severity.Normal), new ChangeSeverity(op, (Severity)9),
            new HelpersFound(1, 0, [], [], []), new HelpersFound(99, 0, [], [], []),
            new ProposeHelper(anna, near), new ProposeHelper(Profiles.Card("cora", Profiles.Friend with { Skills = [new Skill("tv", 1)] }), near),
            new EnlistHelper(anna, near, 1, now + TimeSpan.FromMinutes(1)), new EnlistHelper(anna, near, 0, now),
            new DelistHelper(Ids.Anna, 0), new DelistHelper(Ids.Anna, long.MaxValue), new DelistHelper(Ids.Dan, 1),
            new FindHelpers(1, 0, need), new ListRequest(Ids.Request(1), [need], Severity.Low, now, 1, now), new DelistRequest(Ids.Request(1), 1),
            new FindRequests(1, 0, anna, near),
        ];
        foreach (OfferId offer in new[] { Ids.Offer(1), Ids.Offer(9), OfferId.Derive(Ids.Request(1), 1) })
        {
            messages.AddRange(
            [
                HelperStage.Online().Offer(1) with { Offer = offer }, HelperStage.Online().Offer(1) with { Offer = offer, IsOrder = true },
                new AcceptOffer(op, offer), new AcceptOffer(Ids.Op("accept"), offer),
                new DeclineOffer(op, offer, DeclineReason.Busy, null), new DeclineOffer(op, offer, DeclineReason.Busy, TimeSpan.FromDays(2)),
                new ConfirmOffer(offer), new WithdrawOffer(offer, Ids.Request(1), WithdrawReason.Lost),
                new ReleaseHelper(offer, Ids.Request(1), ReleaseReason.Cancelled),
                new OfferDelivered(offer, 60), new OfferRefused(offer, NotAskedReason.Busy), new OfferAccepted(offer, Ids.Anna, 60),
                new OfferDeclined(offer, DeclineReason.Busy, null), new OfferExpired(offer), new HelperReleased(offer),
            ]);
        }

        foreach (HelperId helper in new[] { Ids.Anna, Ids.Dan })
        {
            messages.AddRange(
                [new ReportEnRoute(op, helper), new ReportArrival(op, helper), new CompleteVisit(op, helper, true), new AbortVisit(op, helper, "ill"),
                    new AssignRequest(op, helper), new AssignRequest(Ids.Op("assign"), helper)]);
        }

        messages.AddRange(Enum.GetValues<TimerKey>().Select(key => new TimerFired(key)));
        return messages;
    }
}
