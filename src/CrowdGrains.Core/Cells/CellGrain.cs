using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// The Cell: an index of one H3 cell. Helpers enlist with every position report and delist when they are taken; waiting requests
/// are listed and renewed. Requests ask for helpers, helpers who come free ask for requests; the answers are ranked by the policy.
/// All of it is soft: entries have leases, numbers tell late messages from new ones, and a wrong entry costs one refused offer.
/// Timer: CellSweep, armed while anything is listed.
/// </summary>
internal static class CellGrain
{
    public static void Handle(CellState cell, Message message, Turn turn)
    {
        turn.KeepSoft();
        switch (message)
        {
            case EnlistHelper m: Enlist(cell, m, turn); break;
            case DelistHelper m: Delist(cell, m, turn); break;
            case FindHelpers m: Find(cell, m, turn); break;
            case ListRequest m: List(cell, m, turn); break;
            case DelistRequest m: Delist(cell, m, turn); break;
            case FindRequests m: Find(cell, m, turn); break;
            case TimerFired { Key: TimerKey.CellSweep }: Sweep(cell, turn); break;
            default: turn.Refuse(Refusal.Unknown); break;
        }
    }

    private static void Enlist(CellState cell, EnlistHelper m, Turn turn) =>
        Listed(cell, cell.Helpers.Put(m, turn.Rules.Options.MaxHelpersPerCell), turn);

    private static void Delist(CellState cell, DelistHelper m, Turn turn) => Delisted(cell.Helpers.Remove(m.Helper, m.Number), turn);

    private static void Find(CellState cell, FindHelpers m, Turn turn)
    {
        RankedList<Candidate> best = turn.Candidates;
        best.Reset(turn.Rules.Options.CandidatesPerCell);
        NotAskedTally notAsked = new(turn.Rules.Options.NotAskedPerCell, turn.NotAsked);
        new HelperScan(cell.Helpers, m.Need, turn, best).Run(ref notAsked);
        turn.Send(m.Need.Request, new HelpersFound(m.Search, m.Slot, best.ToImmutable(), notAsked.Named, notAsked.Counts));
    }

    private static void List(CellState cell, ListRequest m, Turn turn)
    {
        WaitingEntry entry = new(m.Request, m.Needs, m.Severity, m.WaitingSince, m.Number, m.LeaseUntil);
        Listed(cell, cell.Waiting.Put(entry, turn.Rules.Options.MaxWaitingPerCell), turn);
    }

    private static void Delist(CellState cell, DelistRequest m, Turn turn) => Delisted(cell.Waiting.Remove(m.Request, m.Number), turn);

    private static void Find(CellState cell, FindRequests m, Turn turn)
    {
        RankedList<WaitingRequest> best = turn.Waiting;
        best.Reset(turn.Rules.Options.MaxProposals);
        foreach (ref readonly WaitingEntry entry in cell.Waiting.Entries)
        {
            if (entry.LeaseUntil <= turn.Now)
            {
                continue;
            }

            foreach (Need need in entry.Needs)
            {
                if (Eligibility.Check(m.Card, m.Place, need, turn.Rules, turn.Now, out Reach reach) == NotAskedReason.None)
                {
                    long priority = Ranking.Prioritise(turn.Rules.Policy, entry.Severity, entry.WaitingSince, reach.EtaSeconds, turn.Now);
                    best.Add(new WaitingRequest(entry.Key, priority, reach.EtaSeconds));
                    break;
                }
            }
        }

        turn.Send(m.Card.Id, new RequestsFound(m.Search, m.Slot, best.ToImmutable()));
    }

    private static void Sweep(CellState cell, Turn turn)
    {
        cell.Helpers.Sweep(turn.Now);
        cell.Waiting.Sweep(turn.Now);
        if (cell.HelperCount + cell.WaitingCount > 0)
        {
            ArmSweep(cell, turn);
        }
    }

    private static void Listed(CellState cell, Refusal refusal, Turn turn)
    {
        if (refusal == Refusal.None)
        {
            ArmSweep(cell, turn);
        }
        else
        {
            turn.Refuse(refusal);
        }
    }

    private static void Delisted(Refusal refusal, Turn turn)
    {
        if (refusal != Refusal.None)
        {
            turn.Refuse(refusal);
        }
    }

    private static void ArmSweep(CellState cell, Turn turn)
    {
        if (!cell.Timers.IsSet(TimerKey.CellSweep))
        {
            turn.SetTimer(TimerKey.CellSweep, turn.Rules.Options.SweepInterval);
        }
    }
}
