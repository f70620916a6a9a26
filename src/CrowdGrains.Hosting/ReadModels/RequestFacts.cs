using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What single events say of requests and offers.</summary>
internal static class RequestFacts
{
    public static RequestView Begin(in EventRow row, RequestSubmitted e)
    {
        CellIndex cell = CellIndex.FromLatLng(e.Spec.Position, RequestView.CellResolution);

        // The exact position stays where it is needed: in the request's record.
        RequestTrack track = RequestTrack.Begin(e, row.At) with { Position = cell.Center };
        return new RequestView(row.Sequence, e.Spec.Customer, e.Spec.Partner, RequestStatus.Submitted, cell, null, null, track);
    }

    public static RequestView After(RequestView view, Instant at, GrainEvent happened, bool isOffering)
    {
        RequestTrack track = view.Track.After(at, happened);
        return view with
        {
            Track = track,
            Status = track.Status == RequestStatus.Searching && isOffering ? RequestStatus.Offering : track.Status,
            Customer = happened is RequestForgotten ? CustomerId.Erased : view.Customer,
            Helper = happened switch
            {
                RequestAssigned e => e.Helper,
                RequestVisitUnresolved or RequestWithdrawn or RequestAborted { IsFinal: false } => null,
                _ => view.Helper,
            },
            WantedSince = happened switch
            {
                RequestSearching => view.WantedSince ?? at,
                RequestAssigned => null,
                _ => view.WantedSince,
            },
        };
    }

    public static OfferView Issue(in EventRow row, OfferMoved e) =>
        new(
            row.Sequence, e.Offer, e.Request, e.Helper, OfferStep.Issued, "", row.At, e.ExpiresAt, e.EtaSeconds,
            e.Fee ?? throw new InvalidOperationException($"Event {row.Sequence} issues offer {e.Offer} without a fee."), null);

    public static OfferView Move(OfferView offer, Instant at, OfferMoved e) => offer with
    {
        Status = e.Step,
        Reason = e.Reason,
        EndedAt = e.Step is OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn or OfferStep.Released ? at : null,
    };

    /// <summary>The offer is with the helper, and it is not known who gets the job.</summary>
    public static bool IsUndecided(this OfferStep step) => step is OfferStep.Issued or OfferStep.Accepted;

    /// <summary>The request whose view the event changes: that of its timeline, but a rating changes no view.</summary>
    public static RequestId? RequestOf(GrainEvent happened) => happened is RequestRated or HelperWasRated ? null : EventJson.RequestOf(happened);

    /// <summary>The helper whose duty the event changes.</summary>
    public static HelperId? HelperOnDuty(GrainEvent happened) => happened switch
    {
        HelperUpdated e => e.Helper,
        HelperWentOnline e => e.Helper,
        HelperWentOffline e => e.Helper,
        OfferMoved { Step: OfferStep.Confirmed or OfferStep.Released } e => e.Helper,
        _ => null,
    };
}
