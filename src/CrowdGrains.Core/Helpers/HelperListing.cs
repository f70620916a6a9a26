using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

/// <summary>Where a helper is, and which cell lists it while it takes offers: the handlers of <see cref="HelperGrain"/> for place and presence.</summary>
internal static class HelperListing
{
    /// <summary>The helper has come into view at its place: online, or back from silence.</summary>
    public static void Appear(HelperState helper, Turn turn)
    {
        helper.IsStale = false;
        helper.Region = CellIndex.FromUnitVector(helper.Place, turn.Rules.Options.DemandResolution);
        turn.SetTimer(TimerKey.HelperPresence, helper.SeenAt + turn.Rules.Options.PresenceLease);
        if (!helper.IsOnBreak)
        {
            turn.Emit(new HelperWentOnline(helper.Helper, helper.Region));
        }

        BecomeFree(helper, turn);
    }

    /// <summary>Takes the new place. Answers the demand cell that was left, if one was.</summary>
    public static CellIndex? Move(HelperState helper, HelperCard card, UnitVector place, Turn turn)
    {
        helper.Place = place;
        CellIndex cell = CellIndex.FromUnitVector(place, turn.Rules.SupplyResolution(card.Profile.Tier));
        if (cell == helper.Cell)
        {
            return null;
        }

        helper.Cell = cell;
        CellIndex left = helper.Region;
        helper.Region = CellIndex.FromUnitVector(place, turn.Rules.Options.DemandResolution);
        return left == helper.Region ? null : left;
    }

    /// <summary>Lists the helper and looks for a waiting request, if it takes offers.</summary>
    public static void BecomeFree(HelperState helper, Turn turn)
    {
        if (helper.TakesOffers && helper.Card is { } card)
        {
            helper.Cell = CellIndex.FromUnitVector(helper.Place, turn.Rules.SupplyResolution(card.Profile.Tier));
            Enlist(helper, card, turn);
            HelperMatch.Start(helper, card, turn);
        }
    }

    /// <summary>Lists the helper in its cell, or renews the listing.</summary>
    public static void Enlist(HelperState helper, HelperCard card, Turn turn)
    {
        if (helper.Cell != helper.ListedIn)
        {
            Delist(helper, turn);
            helper.ListedIn = helper.Cell;
        }

        Instant leaseUntil = helper.SeenAt + turn.Rules.Options.PresenceLease;
        turn.Send(helper.Cell, new EnlistHelper(card, helper.Place, helper.ListingNumber = turn.NextNumber(helper.ListingNumber), leaseUntil));
    }

    public static void Delist(HelperState helper, Turn turn)
    {
        if (!helper.ListedIn.IsNone)
        {
            turn.Send(helper.ListedIn, new DelistHelper(helper.Helper, helper.ListingNumber = turn.NextNumber(helper.ListingNumber)));
            helper.ListedIn = default;
        }
    }
}
