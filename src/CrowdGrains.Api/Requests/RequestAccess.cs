using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Requests;

/// <summary>
/// For whom a request exists: the staff; the partner who submitted it; the helper whose job it is, and that helper's partner. It is the
/// job of who is assigned, and after the end of who was on it when it ended. A helper who gave up, did not come or could not fix it
/// knows of it no longer: who comes next, and how the customer fares, is not its business. One who only held an offer knows the offer.
/// </summary>
internal static class RequestAccess
{
    /// <summary>The request named in the path, if it exists for the caller.</summary>
    public static async ValueTask<RequestSnapshot?> FindAsync(Call call) =>
        await FindAnyAsync(call).ConfigureAwait(false) is { } request && await MaySeeAsync(call, request).ConfigureAwait(false) ? request : null;

    /// <summary>The request named in the path, whether the caller may know of it or not.</summary>
    public static async ValueTask<RequestSnapshot?> FindAnyAsync(Call call) => Identifier.IsValid(call.Path("id"))
        ? await call.Engine.FindRequestAsync(RequestId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false)
        : null;

    public static async ValueTask<bool> MaySeeAsync(Call call, RequestSnapshot request)
    {
        Caller caller = call.Caller;
        if (caller.IsStaff || caller.Submitted(request))
        {
            return true;
        }

        return HelperOf(request) is { } helper && await MaySeeAsync(call, helper).ConfigureAwait(false);
    }

    /// <summary>The last helper of the caller's who was on the job; null when none was. What it reported may be repeated.</summary>
    public static async ValueTask<HelperId?> FindFormerAsync(Call call, RequestSnapshot request)
    {
        foreach (HelperId helper in request.Visits.Reverse().Select(visit => visit.Helper).Distinct())
        {
            if (await MaySeeAsync(call, helper).ConfigureAwait(false))
            {
                return helper;
            }
        }

        return null;
    }

    /// <summary>The helper exists for the caller.</summary>
    public static async ValueTask<bool> MaySeeAsync(Call call, HelperId helper) => call.Caller switch
    {
        { IsStaff: true } => true,
        { Helper: { } self } => self == helper,
        _ => await call.Api.Reads.FindHelperAsync(helper, call.Cancellation).ConfigureAwait(false) is { } view
            && call.Caller.MaySee(view.Id, view.Partner),
    };

    /// <summary>
    /// As which helper the caller speaks of the job: a helper for itself; the staff for whoever is assigned, its partner for it. After the
    /// end it is the last one who was, so that a repeated command reaches the grain and is answered as it was.
    /// </summary>
    public static async ValueTask<(HelperId Helper, Fault? Fault)> FindActorAsync(Call call, RequestSnapshot request)
    {
        if (call.Caller.Helper is { } self)
        {
            return (self, null);
        }

        if (request.Assignment?.Helper is not { } helper)
        {
            if (request.Visits.IsEmpty)
            {
                return (default, new Fault(ProblemKind.WrongState, "Nobody is assigned."));
            }

            helper = request.Visits[^1].Helper;
        }

        return await MaySeeAsync(call, helper).ConfigureAwait(false)
            ? (helper, null)
            : (default, new Fault(ProblemKind.Forbidden, "The job is for the assigned helper to report, and that is not one of this partner's."));
    }

    /// <summary>Whose job the request is, or was when it ended.</summary>
    private static HelperId? HelperOf(RequestSnapshot request) => request switch
    {
        { Assignment: { } assigned } => assigned.Helper,
        { Status: RequestStatus.Completed, Visits: [.., { } last] } => last.Helper,
        { Status: RequestStatus.Cancelled, Visits: [.., { Outcome: VisitOutcome.Cancelled } last] } => last.Helper,
        _ => null,
    };
}
