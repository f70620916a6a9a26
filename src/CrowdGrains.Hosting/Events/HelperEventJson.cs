using System.Text.Json;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Events;

/// <summary>The events of a helper: who it is, whether it is there, its offers.</summary>
internal static class HelperEventJson
{
    /// <summary>Writes the members; false when it is no event of a helper.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, GrainEvent happened)
    {
        switch (happened)
        {
            case OfferMoved e:
                WriteOffer(writer, e);
                return true;
            case HelperRegistered e:
                WriteProfile(writer, e.Helper, e.Profile);
                return true;
            case HelperUpdated e:
                WriteProfile(writer, e.Helper, e.Profile);
                return true;
            case HelperWentOnline e:
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteCell("cell"u8, e.Region);
                return true;
            case HelperWentOffline e:
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteBoolean("onBreak"u8, e.OnBreak);
                return true;
            case HelperWentStale e:
                writer.WriteString("helperId"u8, e.Helper.Value);
                return true;
            case HelperMovedCell e:
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteCell("from"u8, e.From);
                writer.WriteCell("to"u8, e.To);
                return true;
            case HelperWasRated e:
                writer.WriteString("helperId"u8, e.Helper.Value);
                writer.WriteString("requestId"u8, e.Request.Value);
                writer.WriteNumber("stars"u8, e.Stars);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null when the type is none of a helper.</summary>
    public static GrainEvent? TryRead(string type, ref EventFields fields) => type switch
    {
        "offer.issued" => ReadOffer(OfferStep.Issued, ref fields),
        "offer.accepted" => ReadOffer(OfferStep.Accepted, ref fields),
        "offer.declined" => ReadOffer(OfferStep.Declined, ref fields),
        "offer.expired" => ReadOffer(OfferStep.Expired, ref fields),
        "offer.withdrawn" => ReadOffer(OfferStep.Withdrawn, ref fields),
        "offer.confirmed" => ReadOffer(OfferStep.Confirmed, ref fields),
        "offer.released" => ReadOffer(OfferStep.Released, ref fields),
        "helper.registered" => new HelperRegistered(fields.Helper(), ReadProfile(ref fields)),
        "helper.updated" => new HelperUpdated(fields.Helper(), ReadProfile(ref fields)),
        "helper.online" => new HelperWentOnline(fields.Helper(), fields.Cell("cell"u8)),
        "helper.offline" => new HelperWentOffline(fields.Helper(), fields.Bool("onBreak"u8)),
        "helper.stale" => new HelperWentStale(fields.Helper()),
        "helper.moved-cell" => new HelperMovedCell(fields.Helper(), fields.Cell("from"u8), fields.Cell("to"u8)),
        "helper.rated" => new HelperWasRated(fields.Helper(), fields.Request(), fields.Int32("stars"u8)),
        _ => null,
    };

    private static void WriteOffer(Utf8JsonWriter writer, OfferMoved e)
    {
        writer.WriteString("offerId"u8, e.Offer.Value);
        writer.WriteString("requestId"u8, e.Request.Value);
        writer.WriteString("helperId"u8, e.Helper.Value);
        writer.WriteTime("expiresAt"u8, e.ExpiresAt);
        writer.WriteNumber("etaSeconds"u8, e.EtaSeconds);
        if (e.Fee is { } fee)
        {
            writer.WriteMoney("fee"u8, fee);
        }

        if (e.Reason.Length > 0)
        {
            writer.WriteString("reason"u8, e.Reason);
        }
    }

    private static OfferMoved ReadOffer(OfferStep step, ref EventFields fields) => new(
        step, fields.Offer(), fields.Request(), fields.Helper(), fields.Time("expiresAt"u8), fields.Int32("etaSeconds"u8),
        fields.OptionalText("reason"u8) ?? "")
    {
        Fee = step == OfferStep.Issued ? fields.Money("fee"u8) : null,
    };

    private static void WriteProfile(Utf8JsonWriter writer, HelperId helper, HelperProfile profile)
    {
        writer.WriteString("helperId"u8, helper.Value);
        writer.WriteString("name"u8, profile.Name);
        writer.WriteChoice("tier"u8, profile.Tier);
        writer.WriteStartArray("skills"u8);
        foreach (Skill skill in profile.Skills)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, skill.Name);
            writer.WriteNumber("level"u8, skill.Level);
            writer.WriteTime("certifiedUntil"u8, skill.CertifiedUntil == Instant.Never ? null : skill.CertifiedUntil);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteWords("languages"u8, profile.Languages);
        writer.WriteNumber("radiusMeters"u8, profile.RadiusMeters);
        writer.WriteNumber("capacity"u8, profile.Capacity);
        if (profile.Partner is { } partner)
        {
            writer.WriteString("partnerId"u8, partner.Value);
        }

        writer.WriteLabels(profile.Labels);
    }

    private static HelperProfile ReadProfile(ref EventFields fields) => new(
        fields.Text("name"u8), fields.Choice<Tier>("tier"u8), fields.Skills(), fields.Words("languages"u8), fields.Int32("radiusMeters"u8),
        fields.Int32("capacity"u8), fields.OptionalPartner())
    {
        Labels = fields.Labels(),
    };
}
