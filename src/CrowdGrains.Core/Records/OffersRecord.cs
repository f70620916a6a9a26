using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Records;

/// <summary>
/// Who was asked and whose answer is out. What an offer asks of its helper follows from the submission and the rung, but for who is
/// excluded, and is mostly the same for all offers that are out: no more is written.
/// </summary>
internal static class OffersRecord
{
    private const byte NeedOfOfferBefore = 0;
    private const byte NeedOfRung = 1;
    private const byte NeedOfPreferred = 2;

    /// <summary>Added to the kind of an order's need: the operation of the dispatcher who waits for it follows the offer.</summary>
    private const byte OfOrder = 3;

    public static void Write(ref RecordWriter writer, RequestState request)
    {
        writer.Count(request.Asked.Count);
        foreach (AskedHelper asked in CollectionsMarshal.AsSpan(request.Asked))
        {
            writer.Text(asked.Helper.Value);
            writer.Time(asked.AskAgainAt);
        }

        writer.Count(request.Live.Count);
        Need? before = null;
        foreach (LiveOffer offer in CollectionsMarshal.AsSpan(request.Live))
        {
            writer.Text(offer.Offer.Value);
            writer.Text(offer.Helper.Value);
            writer.Count(offer.Rung);
            WriteNeed(ref writer, offer, before);
            writer.Time(offer.IssuedAt);
            writer.Time(offer.ExpiresAt);
            writer.Bool(offer.IsDelivered);
            writer.Count(offer.Attempts);
            writer.Time(offer.SendAgainAt);
            if (offer.Order is { } order)
            {
                writer.Text(order.Value);
            }

            before = offer.Need;
        }
    }

    public static void Read(ref RecordReader reader, RequestState request, Submission submission)
    {
        int asked = reader.Count(RequestState.AskedKept);
        for (int i = 0; i < asked; i++)
        {
            request.Asked.Add(new AskedHelper(new HelperId(reader.Id()), reader.OptionalTime()));
        }

        int offers = reader.Count(CommonParts.MaxItems);
        Need? before = null;
        for (int i = 0; i < offers; i++)
        {
            OfferId offer = new(reader.Id());
            HelperId helper = new(reader.Id());
            int rung = reader.Int32(submission.Problem.Rungs.Length - 1);
            byte kind = reader.Choice(NeedOfPreferred + OfOrder);
            Need need = ReadNeed(ref reader, request, submission, rung, (byte)(kind % OfOrder), before);
            request.Live.Add(new LiveOffer(
                offer, helper, rung, need, reader.Time(), reader.Time(), reader.Bool(), reader.Int32(), reader.Time())
            {
                Order = kind >= OfOrder ? new OperationId(reader.Id()) : null,
            });
            before = need;
        }
    }

    private static void WriteNeed(ref RecordWriter writer, LiveOffer offer, Need? before)
    {
        Need need = offer.Need;
        byte order = offer.Order is null ? (byte)0 : OfOrder;
        if (ReferenceEquals(need, before))
        {
            writer.Byte((byte)(NeedOfOfferBefore + order));
            return;
        }

        writer.Byte((byte)((need.Tier is null ? NeedOfPreferred : NeedOfRung) + order));
        writer.Count(need.Excluded.Length);
        foreach (HelperId helper in need.Excluded)
        {
            writer.Text(helper.Value);
        }
    }

    private static Need ReadNeed(ref RecordReader reader, RequestState request, Submission submission, int rung, byte kind, Need? before)
    {
        if (kind == NeedOfOfferBefore)
        {
            return before ?? throw reader.Garbled("a first offer that refers to the one before");
        }

        HelperId[] helpers = new HelperId[reader.Count(CommonParts.MaxItems)];
        foreach (ref HelperId helper in helpers.AsSpan())
        {
            helper = new HelperId(reader.Id());
        }

        ImmutableArray<HelperId> excluded = ImmutableCollectionsMarshal.AsImmutableArray(helpers);
        return kind == NeedOfRung
            ? submission.NeedOn(request.Request, rung, excluded)
            : submission.NeedOfPreferred(request.Request, rung, excluded);
    }
}
