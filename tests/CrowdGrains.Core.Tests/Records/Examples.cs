using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

/// <summary>Grains in every state, and two that have a value in every field.</summary>
internal static class Examples
{
    public static readonly Dictionary<string, Func<GrainState>> States = new()
    {
        ["helper unregistered"] = () => HelperStage.Unregistered().State,
        ["helper registered"] = () => HelperStage.Registered().State,
        ["helper online"] = () => HelperStage.Online().State,
        ["helper reserved"] = () => HelperStage.Reserved().State,
        ["helper reserved twice of three"] = () => HelperStage.Reserved(capacity: 3, offers: 2).State,
        ["helper awaiting"] = () => HelperStage.Awaiting().State,
        ["helper ordered"] = () => HelperStage.Ordered().State,
        ["helper bound"] = () => HelperStage.Bound().State,
        ["helper offline"] = () => HelperStage.Offline().State,
        ["helper on break"] = () => HelperStage.OnBreak().State,
        ["helper stale"] = () => HelperStage.Stale().State,
        ["helper of many years"] = HelperOfManyYears,
        ["request unsubmitted"] = () => RequestStage.Unsubmitted().State,
        ["request scheduled"] = () => RequestStage.Scheduled().State,
        ["request searching"] = () => RequestStage.Searching().State,
        ["request waiting"] = () => RequestStage.Waiting().State,
        ["request offering"] = () => RequestStage.Offering().State,
        ["request offering in parallel"] = () => RequestStage.Offering("lift", 4).State,
        ["request offering to the preferred"] = () => RequestStage.Searching(RequestStage.Spec() with { Preferred = Ids.Anna }).State,
        ["request offering on a relaxed rung"] = OnARelaxedRung,
        ["request ordering"] = () => RequestStage.Ordering().State,
        ["request ordering before its appointment"] = () => RequestStage.Ordering(RequestStage.Scheduled()).State,
        ["request ordering in parallel"] = () => RequestStage.Ordering(RequestStage.Offering("lift", 4), Ids.Ben).State,
        ["request withdrawn and of another severity"] = () => Overridden().State,
        ["request withdrawn and ordering"] = () => RequestStage.Ordering(Overridden(), Ids.Ben).State,
        ["request assigned"] = () => RequestStage.Assigned().State,
        ["request en route"] = () => RequestStage.EnRoute().State,
        ["request on site"] = () => RequestStage.OnSite().State,
        ["request completed"] = () => RequestStage.Completed().State,
        ["request rated"] = Rated,
        ["request cancelled"] = () => RequestStage.Cancelled().State,
        ["request unserved"] = () => RequestStage.Unserved().State,
        ["request aborted"] = () => RequestStage.Aborted().State,
        ["request of many visits"] = RequestOfManyVisits,
    };

    /// <summary>A crew with labels in several scripts that has seen every end of an offer, more often than it remembers.</summary>
    public static HelperState HelperOfManyYears()
    {
        HelperStage stage = HelperStage.Online(
            Profiles.Friend with
            {
                Name = "Zoë & Söhne – 助け手 🛠",
                Skills = [new Skill("router", 3), Profiles.Certified("lift", 4)],
                Capacity = 4,
                Partner = PartnerId.From("partner-1"),
                Labels = new Labels("crm:17", [new("note", new string('ö', 250)), new("empty", "")]),
            },
            until: ManualClock.Start + TimeSpan.FromHours(9));
        for (int i = 1; i <= 24; i++)
        {
            stage.Tell(stage.Offer(i));
            if (i % 3 == 0)
            {
                stage.Tell(new DeclineOffer(stage.NextOperation(), Ids.Offer(i), DeclineReason.Busy, TimeSpan.FromMinutes(5)));
                continue;
            }

            stage.Tell(new AcceptOffer(stage.NextOperation(), Ids.Offer(i)));
            stage.Tell(i % 3 == 1 ? new ConfirmOffer(Ids.Offer(i)) : new WithdrawOffer(Ids.Offer(i), Ids.Request(i), WithdrawReason.Lost));
            if (i % 3 == 1)
            {
                stage.Tell(new ReleaseHelper(Ids.Offer(i), Ids.Request(i), ReleaseReason.Completed));
                stage.Tell(new HelperRated(Ids.Request(i), (i % 5) + 1));
            }
        }

        stage.Tell(stage.Offer(31));
        stage.Tell(stage.Offer(32));
        stage.Tell(stage.Offer(33));
        stage.Tell(new AcceptOffer(stage.NextOperation(), Ids.Offer(32)));
        stage.Tell(new AcceptOffer(stage.NextOperation(), Ids.Offer(33)));
        stage.Tell(new ConfirmOffer(Ids.Offer(33)));
        return stage.State;
    }

    /// <summary>A request with all that a customer can say, on its third visit, with an offer out and a rating of nothing yet.</summary>
    public static RequestState RequestOfManyVisits()
    {
        RequestStage stage = RequestStage.Searching(RequestStage.Spec() with
        {
            Skills = [new SkillNeed("router", 3), new SkillNeed("wifi", 1, Certified: true)],
            Languages = ["de", "gsw"],
            Severity = Severity.High,
            NotBefore = ManualClock.Start + TimeSpan.FromMinutes(10),
            Deadline = ManualClock.Start + TimeSpan.FromHours(3),
            Preferred = Ids.Dan,
            Description = "Ein langer Text mit Umlauten: äöü. " + new string('x', 200),
            Partner = PartnerId.From("partner-2"),
            Labels = new Labels("ticket/4711", [new("a", "1"), new("b", "zwei")]),
        });
        stage.Tell(new OfferRefused(stage.Offer(1), NotAskedReason.Offline));
        for (int visit = 0; visit < 2; visit++)
        {
            stage.Find(Ids.Anna, Ids.Ben, Ids.Cora);
            stage.Tell(new OfferDeclined(stage.State.Offers[0].Offer, DeclineReason.TooFar, stage.Now + TimeSpan.FromMinutes(5)));
            LiveOffer offer = stage.State.Offers[0];
            stage.Tell(new OfferAccepted(offer.Offer, offer.Helper, 400));
            stage.Tell(new AbortVisit(stage.NextOperation(), offer.Helper, "ill"));
        }

        stage.Find(Ids.Anna);
        return stage.State;
    }

    private static RequestState Rated()
    {
        RequestStage stage = RequestStage.Completed();
        stage.Tell(new RateRequest(stage.NextOperation(), 4, Resolved: true));
        return stage.State;
    }

    private static RequestStage Overridden()
    {
        RequestStage stage = RequestStage.EnRoute();
        stage.Tell(new WithdrawHelpers(stage.NextOperation(), "sent elsewhere"));
        stage.Tell(new ChangeSeverity(stage.NextOperation(), Severity.Critical));
        stage.Tell(new AssignRequest(stage.NextOperation(), Ids.Dan));
        stage.Tell(new OfferRefused(stage.Offer(2), NotAskedReason.Busy));
        return stage;
    }

    private static RequestState OnARelaxedRung()
    {
        RequestStage stage = RequestStage.Searching(RequestStage.Spec("lift"));
        stage.FindNobody();
        stage.Fire(TimerKey.RequestRung);
        stage.Find(Ids.Anna, Ids.Ben);
        return stage.State;
    }
}
