using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

public sealed record RequestSubmitted(RequestId Request, RequestSpec Spec, Severity Severity, Instant Deadline) : GrainEvent
{
    public override string Type => "request.submitted";
}

/// <summary>The request looks for a helper on a rung.</summary>
public sealed record RequestSearching(RequestId Request, int Visit, int Rung, Tier Tier) : GrainEvent
{
    public override string Type => "request.searching";
}

public sealed record RequestAssigned(RequestId Request, int Visit, int Rung, Tier Tier, OfferId Offer, HelperId Helper, int EtaSeconds) : GrainEvent
{
    public override string Type => "request.assigned";
}

/// <summary>A dispatcher has named who gets the job: the offer is an order, and the next events say whether it was taken.</summary>
public sealed record RequestOrdered(RequestId Request, int Visit, OfferId Offer, HelperId Helper) : GrainEvent
{
    public override string Type => "request.ordered";
}

/// <summary>The helper that a dispatcher named did not get the job; the reason is the code of the dispatcher's answer, in camelCase.</summary>
public sealed record RequestOrderFailed(RequestId Request, OfferId Offer, HelperId Helper, string Reason) : GrainEvent
{
    public override string Type => "request.orderFailed";
}

/// <summary>
/// A dispatcher took back the open offers, or the assignment of the helper who is named then and paid for its trip; somebody is looked for again.
/// </summary>
public sealed record RequestWithdrawn(RequestId Request, int Visit, RequestStatus From, string Reason, HelperId? Helper, Money TripPay) : GrainEvent
{
    public override string Type => "request.withdrawn";
}

/// <summary>A dispatcher changed the severity. The deadline is the one that runs from now on; null while somebody is assigned.</summary>
public sealed record RequestSeverityChanged(RequestId Request, Severity From, Severity Severity, Instant? Deadline) : GrainEvent
{
    public override string Type => "request.severityChanged";
}

public sealed record RequestEnRoute(RequestId Request, int Visit, HelperId Helper) : GrainEvent
{
    public override string Type => "request.enRoute";
}

public sealed record RequestOnSite(RequestId Request, int Visit, HelperId Helper) : GrainEvent
{
    public override string Type => "request.onSite";
}

/// <summary>A visit ended without resolving the problem; the next one is looked for. The visit is paid.</summary>
public sealed record RequestVisitUnresolved(RequestId Request, int Visit, HelperId Helper, Money Fee) : GrainEvent
{
    public override string Type => "request.visitUnresolved";
}

/// <summary>The last visit ended.</summary>
public sealed record RequestCompleted(RequestId Request, int Visit, HelperId Helper, bool Resolved, Money Fee) : GrainEvent
{
    public override string Type => "request.completed";
}

/// <summary>The assigned helper gave up or did not come; <paramref name="IsFinal"/> when the request ends with it.</summary>
public sealed record RequestAborted(RequestId Request, int Visit, HelperId Helper, string Reason, Money TripPay, bool IsFinal) : GrainEvent
{
    /// <summary>The reason when the helper did not come: the rules' own word, where otherwise the helper's stands.</summary>
    public const string NoShow = "noShow";

    public override string Type => "request.aborted";
}

/// <param name="Helper">Who was assigned, if anybody, and is paid <paramref name="TripPay"/>.</param>
public sealed record RequestCancelled(RequestId Request, RequestStatus From, string Reason, HelperId? Helper, Money TripPay) : GrainEvent
{
    public override string Type => "request.cancelled";
}

public sealed record RequestUnserved(RequestId Request, int Visit) : GrainEvent
{
    public override string Type => "request.unserved";
}

/// <summary>The customer's personal data was erased, here and from the events before.</summary>
public sealed record RequestForgotten(RequestId Request) : GrainEvent
{
    public override string Type => "request.forgotten";
}

public sealed record RequestRated(RequestId Request, HelperId Helper, int Stars, bool Resolved) : GrainEvent
{
    public override string Type => "request.rated";
}
