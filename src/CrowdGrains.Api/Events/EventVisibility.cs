using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

/// <summary>
/// Who may see which event. A helper sees its own events and offers, and of a request those that name it as the one who is or was
/// assigned: none of these shows a place before acceptance. A partner sees what its helpers see and every event of its own requests but
/// the house's orders, which may name helpers who are not assigned.
/// </summary>
internal sealed class EventVisibility(Ownership owners)
{
    /// <exception cref="Hosting.Engines.UnavailableException">Whose it is cannot be found out now.</exception>
    public ValueTask<bool> IsVisibleAsync(LoggedEvent happened, Audience audience, CancellationToken cancellation)
    {
        if (audience.IsHouse)
        {
            return ValueTask.FromResult(true);
        }

        return audience.Helper is { } helper
            ? ValueTask.FromResult(HelperIn(happened) == helper)
            : IsPartnersAsync(happened, audience.Partner.GetValueOrDefault(), cancellation);
    }

    private async ValueTask<bool> IsPartnersAsync(LoggedEvent happened, PartnerId partner, CancellationToken cancellation)
    {
        owners.Learn(happened);
        if (happened.Row.Grain is { Kind: GrainKind.Request } request
            && !IsOrder(happened.Row.Type)
            && await owners.FindAsync(request, cancellation).ConfigureAwait(false) == partner)
        {
            return true;
        }

        return HelperIn(happened) is { } helper && await owners.FindAsync(helper, cancellation).ConfigureAwait(false) == partner;
    }

    /// <summary>Between the dispatchers and a helper, and nobody else's to know.</summary>
    public static bool IsOrder(string type) => type is "request.ordered" or "request.orderFailed";

    /// <summary>The helper whose event it is, or who is named as the request's.</summary>
    private static HelperId? HelperIn(LoggedEvent happened)
    {
        if (happened.Row.Grain is { Kind: GrainKind.Helper } grain)
        {
            return HelperId.From(grain.Name);
        }

        // A new event of a request is hidden from helpers until it stands here.
        return happened.Event switch
        {
            RequestAssigned assigned => assigned.Helper,
            RequestEnRoute enRoute => enRoute.Helper,
            RequestOnSite onSite => onSite.Helper,
            RequestVisitUnresolved unresolved => unresolved.Helper,
            RequestCompleted completed => completed.Helper,
            RequestAborted aborted => aborted.Helper,
            RequestCancelled cancelled => cancelled.Helper,
            RequestWithdrawn withdrawn => withdrawn.Helper,
            RequestRated rated => rated.Helper,
            _ => null,
        };
    }
}
