using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Testing;

/// <summary>
/// A helper in a given state, reached through real turns. The offers it holds are <c>Ids.Offer(n)</c> of <c>Ids.Request(n)</c>, for the
/// router problem a kilometre away.
/// </summary>
public sealed class HelperStage : Stage<HelperState>
{
    /// <summary>How long the offers of the tests stand.</summary>
    public static readonly TimeSpan OfferLifetime = TimeSpan.FromSeconds(40);

    private HelperStage(DispatchRules rules)
        : base(new HelperState(Ids.Anna), rules)
    {
    }

    public HelperId Id => State.Helper;

    /// <summary>How long the helper takes from <see cref="Sites.Near"/> to home.</summary>
    public int NearEta => Rules.Travel.EtaSeconds(
        (int)Math.Round(Sites.Near.ToUnitVector().DistanceMetersTo(Sites.Home.ToUnitVector())), State.Card!.Profile.Tier, Now);

    public HelperCard Card => State.Card!;

    public static HelperStage Unregistered(DispatchOptions? options = null) => new(TestRules.With(options));

    public static HelperStage Registered(HelperProfile? profile = null, DispatchOptions? options = null)
    {
        HelperStage stage = Unregistered(options);
        stage.Tell(new RegisterHelper(stage.NextOperation(), profile ?? Profiles.Friend));
        return stage;
    }

    /// <summary>Available, a kilometre from home, with its search for a waiting request over.</summary>
    public static HelperStage Online(HelperProfile? profile = null, Instant? until = null, DispatchOptions? options = null)
    {
        HelperStage stage = Registered(profile, options);
        stage.Tell(new GoOnline(stage.NextOperation(), Sites.Near, until));
        stage.FindNothing();
        return stage;
    }

    /// <summary>Holds offers 1 to <paramref name="offers"/>.</summary>
    public static HelperStage Reserved(int capacity = 1, int offers = 1)
    {
        HelperStage stage = Online(Profiles.Friend with { Capacity = capacity });
        for (int i = 1; i <= offers; i++)
        {
            stage.Tell(stage.Offer(i));
        }

        return stage;
    }

    /// <summary>Has accepted offer 1, by operation <c>accept</c>, and waits for the verdict.</summary>
    public static HelperStage Awaiting(int capacity = 1)
    {
        HelperStage stage = Reserved(capacity);
        stage.Tell(new AcceptOffer(Ids.Op("accept"), Ids.Offer(1)));
        return stage;
    }

    /// <summary>A dispatcher named the helper for offer 1: accepted for it, and the verdict is awaited.</summary>
    public static HelperStage Ordered()
    {
        HelperStage stage = Online();
        stage.Tell(stage.Offer(1) with { IsOrder = true });
        return stage;
    }

    /// <summary>Is bound to request 1.</summary>
    public static HelperStage Bound(int capacity = 1)
    {
        HelperStage stage = Awaiting(capacity);
        stage.Tell(new ConfirmOffer(Ids.Offer(1)));
        return stage;
    }

    public static HelperStage Offline()
    {
        HelperStage stage = Online();
        stage.Tell(new GoOffline(stage.NextOperation()));
        return stage;
    }

    public static HelperStage OnBreak()
    {
        HelperStage stage = Online();
        stage.Tell(new TakeBreak(stage.NextOperation()));
        return stage;
    }

    public static HelperStage Stale()
    {
        HelperStage stage = Online();
        stage.Fire(TimerKey.HelperPresence);
        return stage;
    }

    /// <summary>Offer <paramref name="number"/> of request <paramref name="number"/>, made now.</summary>
    public IssueOffer Offer(int number) => new(
        Ids.Offer(number),
        Ids.Request(number),
        Needs.Router(Ids.Request(number)),
        Now + OfferLifetime,
        "router",
        TinyCatalogue.Router.Rungs[0].Price,
        CellIndex.FromLatLng(Sites.Home, 8));

    /// <summary>All cells that were asked for waiting requests answer that there is none, until the helper asks no more.</summary>
    public void FindNothing()
    {
        while (Last.Sent<FindRequests>() is { Count: > 0 } asked)
        {
            foreach ((_, FindRequests m) in asked)
            {
                Tell(new RequestsFound(m.Search, m.Slot, []));
            }
        }
    }

    /// <summary>All cells that were asked answer; the first names these requests, best first.</summary>
    public TurnResult Find(params int[] requests)
    {
        foreach ((_, FindRequests m) in Last.Sent<FindRequests>())
        {
            Tell(new RequestsFound(m.Search, m.Slot, m.Slot > 0 ? [] : [.. requests.Select((request, i) => new WaitingRequest(Ids.Request(request), 1000 - i, 60))]));
        }

        return Last;
    }
}
