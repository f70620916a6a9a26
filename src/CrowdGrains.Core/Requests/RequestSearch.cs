using System.Collections.Immutable;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// How a request finds candidates: the handlers of <see cref="RequestGrain"/> for the ladder and the search. The preferred helper first,
/// then the cells around in growing disks; with nobody there, the next rung or the waiting line. A waiting request is listed for helpers
/// who come free, and looks around itself now and then.
/// </summary>
internal static class RequestSearch
{
    /// <summary>Begins the first visit, or the next one of an appointment that was not due when the last one ended.</summary>
    public static void Begin(RequestState request, Submission submission, Turn turn)
    {
        if (request.Live.Count > 0)
        {
            // A dispatcher's order is out: what becomes of it comes first.
            turn.SetTimer(TimerKey.RequestStart, turn.Rules.Options.ResendAfter);
            return;
        }

        request.WantedSince = turn.Now;
        request.FirstRung = submission.RungFrom(request.FirstRung);
        EnterRung(request, submission, request.FirstRung, turn);
    }

    /// <summary>Begins the visit after one that ended without success, with a deadline of its own.</summary>
    public static void BeginAnew(RequestState request, Submission submission, int rung, Turn turn)
    {
        request.WantedSince = turn.Now;
        request.AskedPreferred = true;
        request.RetryCount = 0;
        request.FirstRung = submission.RungFrom(rung);
        turn.SetTimer(TimerKey.RequestDeadline, submission.DeadlineFrom(turn.Now));
        Instant start = StartOf(submission, turn);
        if (start > turn.Now)
        {
            request.Status = RequestStatus.Submitted;
            request.Rung = request.FirstRung;
            turn.SetTimer(TimerKey.RequestStart, start);
        }
        else
        {
            EnterRung(request, submission, request.FirstRung, turn);
        }
    }

    /// <summary>From when on somebody is looked for: some time before an appointment, else from the beginning.</summary>
    public static Instant StartOf(Submission submission, Turn turn) =>
        submission.Spec.NotBefore is { } notBefore ? notBefore - turn.Rules.Options.AppointmentLead : submission.At;

    /// <summary>The severity has changed: leaves a rung that takes no such requests, and stands in line by the new one.</summary>
    public static void Reconsider(RequestState request, Submission submission, Turn turn)
    {
        int rung = submission.RungFrom(request.Rung);
        if (rung != request.Rung)
        {
            request.FirstRung = Math.Min(request.FirstRung, rung);
            Enter(request, submission, rung, turn);
            if (request.Status == RequestStatus.Searching)
            {
                Look(request, submission, turn);
            }
            else
            {
                // The offers that are out keep their time; whoever else was found is asked for nothing any more.
                request.Shortlist = null;
            }
        }

        if (request.IsListed)
        {
            List(request, submission, turn);
        }
    }

    public static void Gather(RequestState request, Submission submission, HelpersFound m, Turn turn)
    {
        turn.KeepSoft();
        if (request.Search is not { } search || !search.TryAdd(m))
        {
            turn.Refuse(Refusal.Late);
        }
        else if (search.IsComplete)
        {
            Conclude(request, submission, search, turn);
        }
    }

    /// <summary>Cells were silent, or the search was lost with the activation: go on with what there is, or begin anew.</summary>
    public static void Overdue(RequestState request, Submission submission, Turn turn)
    {
        if (request.Search is { } search)
        {
            Conclude(request, submission, search, turn);
        }
        else
        {
            Look(request, submission, turn);
        }
    }

    /// <summary>Looks for candidates on the present rung, from the nearest cells outwards.</summary>
    public static void Look(RequestState request, Submission submission, Turn turn)
    {
        request.Status = RequestStatus.Searching;
        Rung rung = submission.Problem.Rungs[request.Rung];
        if (!request.AskedPreferred && submission.Spec.Preferred is { } preferred)
        {
            request.AskedPreferred = true;
            AskPreferred(request, submission, preferred, rung, turn);
            return;
        }

        CellIndex home = CellIndex.FromLatLng(submission.Spec.Position, turn.Rules.SupplyResolution(rung.Tier));
        int maxRings = SearchArea.RingsFor(home, rung.RadiusMeters);
        TryAsk(request, submission, new Search(NeedFor(request, submission, request.Rung, turn), request.Rung, Math.Min(maxRings, turn.Rules.Options.MaxRings)), turn);
    }

    /// <summary>Looks around once more, on each open rung in turn, and renews the listing when nobody is there.</summary>
    public static void Retry(RequestState request, Submission submission, Turn turn)
    {
        ImmutableArray<int> open = OpenRungs(request, submission);
        int rung = open[request.RetryCount++ % open.Length];
        TryAsk(request, submission, new Search(NeedFor(request, submission, rung, turn), rung, turn.Rules.Options.FirstRings), turn);
    }

    public static void BudgetSpent(RequestState request, Submission submission, Turn turn)
    {
        // Offers that are out keep their time; when they fail, the request climbs.
        if (request.Status == RequestStatus.Searching && TryFindNextRung(request, submission, out int next))
        {
            EnterRung(request, submission, next, turn);
        }
    }

    /// <summary>A helper came free. It gets an offer if somebody is wanted and nobody holds one.</summary>
    public static void Propose(RequestState request, Submission submission, ProposeHelper m, Turn turn)
    {
        int rung = -1;
        Need? need = null;
        Reach reach = default;
        foreach (int open in request.Status == RequestStatus.Searching ? OpenRungs(request, submission) : [])
        {
            Need asked = NeedFor(request, submission, open, turn);
            if (Eligibility.Check(m.Card, m.Place, asked, turn.Rules, turn.Now, out reach) == NotAskedReason.None)
            {
                (rung, need) = (open, asked);
                break;
            }
        }

        if (need is null || request.OfferCount >= turn.Rules.Options.MaxOffers)
        {
            turn.Send(m.Card.Id, new ProposalDeclined(request.Request));
            turn.Refuse(Refusal.WrongState);
            return;
        }

        Score score = Ranking.Rate(turn.Rules.Policy, m.Card, need, reach.EtaSeconds, turn.Now);
        Candidate candidate = new(m.Card.Id, reach.DistanceMeters, reach.EtaSeconds, score);
        Keep(request, new Round(RoundKind.Proposal, turn.Now, request.VisitNumber, rung, 0, 0, 0, [candidate], [], []), turn);
        RequestOffers.Shortlist(request, submission, new Shortlist(rung, need, [candidate]), turn);
    }

    /// <summary>Nobody is left to ask on this rung: climb if the rung says so or its budget is spent, else wait.</summary>
    public static void Exhausted(RequestState request, Submission submission, Turn turn)
    {
        Rung rung = submission.Problem.Rungs[request.Rung];
        bool mayClimb = rung.WhenEmpty == WhenEmpty.Climb || IsBudgetSpent(request, rung, turn);
        if (mayClimb && TryFindNextRung(request, submission, out int next))
        {
            EnterRung(request, submission, next, turn);
        }
        else
        {
            Wait(request, submission, turn);
        }
    }

    /// <summary>True when the rung's time is over and there is another to climb to.</summary>
    public static bool IsDueToClimb(RequestState request, Submission submission, Turn turn, out int next) =>
        TryFindNextRung(request, submission, out next) && IsBudgetSpent(request, submission.Problem.Rungs[request.Rung], turn);

    public static void EnterRung(RequestState request, Submission submission, int rung, Turn turn)
    {
        Enter(request, submission, rung, turn);
        Look(request, submission, turn);
    }

    /// <summary>Ends the search and the waiting; the listing goes with them.</summary>
    public static void Stop(RequestState request, Submission submission, Turn turn)
    {
        Pause(request, submission, turn);
        request.Shortlist = null;
        turn.ClearTimer(TimerKey.RequestRung);
    }

    /// <summary>Ends the search and the waiting while offers are out.</summary>
    public static void Pause(RequestState request, Submission submission, Turn turn)
    {
        request.Search = null;
        turn.ClearTimer(TimerKey.RequestSearch);
        turn.ClearTimer(TimerKey.RequestRetry);
        if (request.IsListed)
        {
            request.IsListed = false;
            request.ListingNumber = turn.NextNumber(request.ListingNumber);
            turn.Send(DemandCell(submission, turn), new DelistRequest(request.Request, request.ListingNumber));
        }
    }

    private static void Enter(RequestState request, Submission submission, int rung, Turn turn)
    {
        request.Rung = rung;
        request.RungSince = turn.Now;
        turn.SetTimer(TimerKey.RequestRung, submission.Problem.Rungs[rung].Budget);
        turn.Emit(new RequestSearching(request.Request, request.VisitNumber, rung, submission.Problem.Rungs[rung].Tier));
    }

    private static void AskPreferred(RequestState request, Submission submission, HelperId preferred, Rung rung, Turn turn)
    {
        Need need = submission.NeedOfPreferred(request.Request, request.Rung, Excluded(request, turn));
        Candidate candidate = new(preferred, 0, 0, new Score(0, 0, turn.Rules.Policy.LoyaltySeconds, 0, 0));
        Keep(request, new Round(RoundKind.Preferred, turn.Now, request.VisitNumber, request.Rung, 0, 0, 0, [candidate], [], []), turn);
        RequestOffers.Shortlist(request, submission, new Shortlist(request.Rung, need, [candidate]), turn);
    }

    /// <summary>Asks the cells of the next wider disk that may hold a helper within the radius.</summary>
    /// <returns>False when the widest disk has no more of them.</returns>
    private static bool TryAsk(RequestState request, Submission submission, Search search, Turn turn)
    {
        CellIndex home = CellIndex.FromLatLng(submission.Spec.Position, turn.Rules.SupplyResolution(submission.Problem.Rungs[search.Rung].Tier));
        while (search.TryWiden(turn.Rules.Options.FirstRings, out int asked))
        {
            ReadOnlySpan<CellIndex> cells = turn.CellsWithin(home, asked, search.Rings, search.Need.Place, search.Need.RadiusMeters);
            if (cells.IsEmpty)
            {
                continue;
            }

            search.Await(++request.SearchCount, cells.Length);
            request.Search = search;
            for (int slot = 0; slot < cells.Length; slot++)
            {
                turn.Send(cells[slot], new FindHelpers(request.SearchCount, slot, search.Need));
            }

            turn.ClearTimer(TimerKey.RequestRetry);
            turn.SetTimer(TimerKey.RequestSearch, turn.Rules.Options.SearchTimeout);
            return true;
        }

        return false;
    }

    private static void Conclude(RequestState request, Submission submission, Search search, Turn turn)
    {
        if (search.CandidateCount < turn.Rules.Options.EnoughCandidates && TryAsk(request, submission, search, turn))
        {
            turn.KeepSoft();
            return;
        }

        turn.KeepDurable();
        request.Search = null;
        turn.ClearTimer(TimerKey.RequestSearch);
        Round round = search.Conclude(turn.Now, request.VisitNumber, turn.Rules.Options.CandidatesPerRound, turn.Gathered);
        Keep(request, round, turn);
        if (round.Candidates.IsEmpty || request.OfferCount >= turn.Rules.Options.MaxOffers)
        {
            Exhausted(request, submission, turn);
        }
        else
        {
            RequestOffers.Shortlist(request, submission, new Shortlist(search.Rung, search.Need, round.Candidates), turn);
        }
    }

    private static void Wait(RequestState request, Submission submission, Turn turn)
    {
        request.Status = RequestStatus.Searching;
        List(request, submission, turn);
        turn.SetTimer(
            TimerKey.RequestRetry, Backoff.After(request.RetryCount + 1, turn.Rules.Options.RetryAfter, turn.Rules.Options.MaxRetryAfter));
    }

    /// <summary>Stands in the waiting line, or renews its place there.</summary>
    private static void List(RequestState request, Submission submission, Turn turn)
    {
        ImmutableArray<Need> needs = [.. OpenRungs(request, submission).Select(rung => NeedFor(request, submission, rung, turn))];
        request.IsListed = true;
        request.ListingNumber = turn.NextNumber(request.ListingNumber);
        turn.Send(
            DemandCell(submission, turn),
            new ListRequest(
                request.Request, needs, submission.Severity, request.WantedSince, request.ListingNumber, turn.Now + turn.Rules.Options.WaitingLease));
    }

    private static bool IsBudgetSpent(RequestState request, Rung rung, Turn turn) => turn.Now >= request.RungSince + rung.Budget;

    private static bool TryFindNextRung(RequestState request, Submission submission, out int next)
    {
        next = submission.Problem.NextRung(request.Rung + 1, submission.Severity, submission.Spec.Channel);
        return next >= 0;
    }

    private static ImmutableArray<int> OpenRungs(RequestState request, Submission submission) =>
        [.. Enumerable.Range(request.FirstRung, request.Rung + 1 - request.FirstRung).Where(rung => submission.Problem.Rungs[rung].AppliesTo(submission.Severity, submission.Spec.Channel))];

    private static Need NeedFor(RequestState request, Submission submission, int rung, Turn turn) =>
        submission.NeedOn(request.Request, rung, Excluded(request, turn));

    /// <summary>Who must not be asked. Nobody holds an offer while it is looked for helpers.</summary>
    private static ImmutableArray<HelperId> Excluded(RequestState request, Turn turn) => request.Asked.Count == 0
        ? []
        : [.. request.Asked.Where(asked => asked.AskAgainAt is not { } again || again > turn.Now).Select(asked => asked.Helper)];

    private static CellIndex DemandCell(Submission submission, Turn turn) =>
        CellIndex.FromLatLng(submission.Spec.Position, turn.Rules.Options.DemandResolution);

    private static void Keep(RequestState request, Round round, Turn turn)
    {
        if (request.KeptRounds.Count >= turn.Rules.Options.RoundsKept)
        {
            request.KeptRounds.RemoveAt(0);
        }

        request.KeptRounds.Add(round);
    }
}
