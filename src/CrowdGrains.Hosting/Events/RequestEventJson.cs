using System.Collections.Immutable;
using System.Text.Json;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.Events;

/// <summary>The events of a request, from submission to its rating.</summary>
internal static class RequestEventJson
{
    /// <summary>Writes the members; false when it is no event of a request.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, GrainEvent happened)
    {
        switch (happened)
        {
            case RequestSubmitted e:
                WriteSubmitted(writer, e);
                return true;
            case RequestSearching e:
                WriteVisit(writer, e.Request, e.Visit);
                WriteRung(writer, e.Rung, e.Tier);
                return true;
            case RequestAssigned e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteString("offerId"u8, e.Offer.Value);
                writer.WriteNumber("etaSeconds"u8, e.EtaSeconds);
                WriteRung(writer, e.Rung, e.Tier);
                return true;
            case RequestOrdered e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteString("offerId"u8, e.Offer.Value);
                return true;
            case RequestOrderFailed e:
                writer.WriteString("requestId"u8, e.Request.Value);
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteString("offerId"u8, e.Offer.Value);
                writer.WriteString("reason"u8, e.Reason);
                return true;
            case RequestWithdrawn e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteChoice("from"u8, e.From);
                writer.WriteString("reason"u8, e.Reason);
                writer.WriteMoney("tripPay"u8, e.TripPay);
                return true;
            case RequestSeverityChanged e:
                writer.WriteString("requestId"u8, e.Request.Value);
                writer.WriteChoice("from"u8, e.From);
                writer.WriteChoice("severity"u8, e.Severity);
                writer.WriteTime("deadline"u8, e.Deadline);
                return true;
            case RequestEnRoute e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                return true;
            case RequestOnSite e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                return true;
            case RequestVisitUnresolved e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteMoney("fee"u8, e.Fee);
                return true;
            case RequestCompleted e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteBoolean("resolved"u8, e.Resolved);
                writer.WriteMoney("fee"u8, e.Fee);
                return true;
            case RequestAborted e:
                WriteVisit(writer, e.Request, e.Visit, e.Helper);
                writer.WriteString("reason"u8, e.Reason);
                writer.WriteMoney("tripPay"u8, e.TripPay);
                writer.WriteBoolean("final"u8, e.IsFinal);
                return true;
            case RequestCancelled e:
                WriteCancelled(writer, e);
                return true;
            case RequestUnserved e:
                WriteVisit(writer, e.Request, e.Visit);
                return true;
            case RequestForgotten e:
                writer.WriteString("requestId"u8, e.Request.Value);
                return true;
            case RequestRated e:
                writer.WriteString("requestId"u8, e.Request.Value);
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteNumber("stars"u8, e.Stars);
                writer.WriteBoolean("resolved"u8, e.Resolved);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null when the type is none of a request.</summary>
    public static GrainEvent? TryRead(string type, ref EventFields fields) => type switch
    {
        "request.submitted" => ReadSubmitted(ref fields),
        "request.searching" => ReadSearching(ref fields),
        "request.assigned" => ReadAssigned(ref fields),
        "request.ordered" => new RequestOrdered(fields.Request(), fields.Int32("visit"u8), fields.Offer(), fields.Helper()),
        "request.orderFailed" => new RequestOrderFailed(fields.Request(), fields.Offer(), fields.Helper(), fields.Text("reason"u8)),
        "request.withdrawn" => new RequestWithdrawn(
            fields.Request(), fields.Int32("visit"u8), fields.Choice<RequestStatus>("from"u8), fields.Text("reason"u8),
            fields.OptionalHelper("helperId"u8), fields.Money("tripPay"u8)),
        "request.severityChanged" => new RequestSeverityChanged(
            fields.Request(), fields.Choice<Severity>("from"u8), fields.Choice<Severity>("severity"u8), fields.OptionalTime("deadline"u8)),
        "request.enRoute" => new RequestEnRoute(fields.Request(), fields.Int32("visit"u8), fields.Helper()),
        "request.onSite" => new RequestOnSite(fields.Request(), fields.Int32("visit"u8), fields.Helper()),
        "request.visitUnresolved" =>
            new RequestVisitUnresolved(fields.Request(), fields.Int32("visit"u8), fields.Helper(), fields.Money("fee"u8)),
        "request.completed" => new RequestCompleted(
            fields.Request(), fields.Int32("visit"u8), fields.Helper(), fields.Bool("resolved"u8), fields.Money("fee"u8)),
        "request.aborted" => new RequestAborted(
            fields.Request(), fields.Int32("visit"u8), fields.Helper(), fields.Text("reason"u8), fields.Money("tripPay"u8), fields.Bool("final"u8)),
        "request.cancelled" => new RequestCancelled(
            fields.Request(), fields.Choice<RequestStatus>("from"u8), fields.Text("reason"u8), fields.OptionalHelper("helperId"u8),
            fields.Money("tripPay"u8)),
        "request.unserved" => new RequestUnserved(fields.Request(), fields.Int32("visit"u8)),
        "request.forgotten" => new RequestForgotten(fields.Request()),
        "request.rated" => new RequestRated(fields.Request(), fields.Helper(), fields.Int32("stars"u8), fields.Bool("resolved"u8)),
        _ => null,
    };

    private static void WriteVisit(Utf8JsonWriter writer, RequestId request, int visit, HelperId? helper = null)
    {
        writer.WriteString("requestId"u8, request.Value);
        writer.WriteNumber("visit"u8, visit);
        if (helper is { } named)
        {
            writer.WriteString("helperId"u8, named.Value);
        }
    }

    private static void WriteRung(Utf8JsonWriter writer, int index, Tier tier)
    {
        writer.WriteStartObject("rung"u8);
        writer.WriteNumber("index"u8, index);
        writer.WriteChoice("tier"u8, tier);
        writer.WriteEndObject();
    }

    private static RequestSearching ReadSearching(ref EventFields fields)
    {
        RequestId request = fields.Request();
        int visit = fields.Int32("visit"u8);
        EventFields rung = fields.Object("rung"u8);
        return new RequestSearching(request, visit, rung.Int32("index"u8), rung.Choice<Tier>("tier"u8));
    }

    private static RequestAssigned ReadAssigned(ref EventFields fields)
    {
        RequestId request = fields.Request();
        int visit = fields.Int32("visit"u8);
        HelperId helper = fields.Helper();
        OfferId offer = fields.Offer();
        int eta = fields.Int32("etaSeconds"u8);
        EventFields rung = fields.Object("rung"u8);
        return new RequestAssigned(request, visit, rung.Int32("index"u8), rung.Choice<Tier>("tier"u8), offer, helper, eta);
    }

    private static void WriteCancelled(Utf8JsonWriter writer, RequestCancelled e)
    {
        writer.WriteString("requestId"u8, e.Request.Value);
        writer.WriteChoice("from"u8, e.From);
        writer.WriteString("reason"u8, e.Reason);
        if (e.Helper is { } helper)
        {
            writer.WriteString("helperId"u8, helper.Value);
        }

        writer.WriteMoney("tripPay"u8, e.TripPay);
    }

    private static void WriteSubmitted(Utf8JsonWriter writer, RequestSubmitted e)
    {
        RequestSpec spec = e.Spec;
        writer.WriteString("requestId"u8, e.Request.Value);
        writer.WriteString("customerId"u8, spec.Customer.Value);
        writer.WriteString("problem"u8, spec.Problem);
        writer.WriteStartArray("skills"u8);
        foreach (SkillNeed skill in spec.Skills)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, skill.Name);
            writer.WriteNumber("level"u8, skill.Level);
            writer.WriteFlag("certified"u8, skill.Certified);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePosition("position"u8, spec.Position);
        writer.WriteWords("languages"u8, spec.Languages);
        writer.WriteChoice("severity"u8, e.Severity);
        writer.WriteFlag("severityByCatalogue"u8, spec.Severity is null);
        writer.WriteStartObject("window"u8);
        writer.WriteTime("notBefore"u8, spec.NotBefore);
        writer.WriteTime("deadline"u8, spec.Deadline);
        writer.WriteEndObject();
        writer.WriteTime("deadline"u8, e.Deadline);
        if (spec.Preferred is { } preferred)
        {
            writer.WriteString("preferredHelperId"u8, preferred.Value);
        }

        writer.WriteString("channel"u8, spec.Channel);
        writer.WriteString("description"u8, spec.Description);
        if (spec.Partner is { } partner)
        {
            writer.WriteString("partnerId"u8, partner.Value);
        }

        writer.WriteLabels(spec.Labels);
    }

    private static RequestSubmitted ReadSubmitted(ref EventFields fields)
    {
        RequestId request = fields.Request();
        CustomerId customer = CustomerId.From(fields.Text("customerId"u8));
        string problem = fields.Text("problem"u8);
        ImmutableArray<SkillNeed> skills = fields.SkillNeeds();
        LatLng position = fields.Position("position"u8);
        ImmutableArray<string> languages = fields.Words("languages"u8);
        Severity severity = fields.Choice<Severity>("severity"u8);
        bool isByCatalogue = fields.Flag("severityByCatalogue"u8);
        EventFields window = fields.Object("window"u8);
        Instant deadline = fields.Time("deadline"u8);
        RequestSpec spec = new(
            customer, problem, skills, position, languages, isByCatalogue ? null : severity, window.OptionalTime("notBefore"u8),
            window.OptionalTime("deadline"u8), fields.OptionalHelper("preferredHelperId"u8), fields.Text("channel"u8), fields.Text("description"u8))
        {
            Partner = fields.OptionalPartner(),
            Labels = fields.Labels(),
        };
        return new RequestSubmitted(request, spec, severity, deadline);
    }
}
