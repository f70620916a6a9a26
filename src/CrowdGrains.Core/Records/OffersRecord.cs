using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;

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
            WriteNeed(ref writer, offer.Need, before);
            writer.Time(offer.IssuedAt);
            writer.Time(offer.ExpiresAt);
            writer.Bool(offer.IsDelivered);
            writer.Count(offer.Attempts);
            writer.Time(offer.SendAgainAt);
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
            Need need = ReadNeed(ref reader, request, submission, rung, before);
            request.Live.Add(new LiveOffer(
                offer, helper, rung, need, reader.Time(), reader.Time(), reader.Bool(), reader.Int32(), reader.Time()));
            before = need;
        }
    }

    private static void WriteNeed(ref RecordWriter writer, Need need, Need? before)
    {
        if (ReferenceEquals(need, before))
        {
            writer.Byte(NeedOfOfferBefore);
            return;
        }

        writer.Byte(need.Tier is null ? NeedOfPreferred : NeedOfRung);
        writer.Count(need.Excluded.Length);
        foreach (HelperId helper in need.Excluded)
        {
            writer.Text(helper.Value);
        }
    }

    private static Need ReadNeed(ref RecordReader reader, RequestState request, Submission submission, int rung, Need? before)
    {
        byte kind = reader.Choice(NeedOfPreferred);
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
