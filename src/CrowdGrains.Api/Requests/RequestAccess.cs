using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Requests;

/// <summary>
/// For whom a request exists: the staff; the partner who submitted it or whose helper has or had the job; the helper who has or had it.
/// A helper who only held an offer knows the offer, not the request.
/// </summary>
internal static class RequestAccess
{
    /// <summary>The request named in the path, if it exists for the caller.</summary>
    public static async ValueTask<RequestSnapshot?> FindAsync(Call call) =>
        Identifier.IsValid(call.Path("id"))
        && await call.Engine.FindRequestAsync(RequestId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is { } request
        && await MaySeeAsync(call, request).ConfigureAwait(false)
            ? request
            : null;

    public static async ValueTask<bool> MaySeeAsync(Call call, RequestSnapshot request)
    {
        Caller caller = call.Caller;
        if (caller.IsStaff || caller.Submitted(request))
        {
            return true;
        }

        foreach (HelperId helper in HelpersOf(request))
        {
            if (await MaySeeAsync(call, helper).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
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

    private static IEnumerable<HelperId> HelpersOf(RequestSnapshot request)
    {
        IEnumerable<HelperId> past = request.Visits.Select(visit => visit.Helper);
        return (request.Assignment is { } assigned ? past.Prepend(assigned.Helper) : past).Distinct();
    }
}
