using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Records;

/// <summary>What is durable of a helper: all but its position, its listing and its search.</summary>
internal static class HelperRecord
{
    private const byte ReservedKind = 0;
    private const byte AwaitingKind = 1;
    private const byte BoundKind = 2;
    private const byte OrderedKind = 3;

    private const byte LostKind = 0;
    private const byte ExpiredKind = 1;
    private const byte WithdrawnKind = 2;
    private const byte DeclinedKind = 3;

    public static void Write(ref RecordWriter writer, HelperState helper)
    {
        writer.Bool(helper.IsOnline);
        writer.Bool(helper.IsOnBreak);
        writer.Bool(helper.IsStale);
        writer.Cell(helper.Region);
        writer.Bool(helper.Card is not null);
        if (helper.Card is { } card)
        {
            WriteProfile(ref writer, card.Profile);
            WriteStatistics(ref writer, card.Statistics);
            writer.Time(card.Until);
        }

        writer.Count(helper.Promised.Count);
        foreach (Commitment commitment in CollectionsMarshal.AsSpan(helper.Promised))
        {
            WriteCommitment(ref writer, commitment);
        }

        writer.Count(helper.EndedOffers.Entries.Length);
        foreach ((OfferId offer, EndedOffer ended) in helper.EndedOffers.Entries)
        {
            writer.Text(offer.Value);
            WriteEnded(ref writer, ended);
        }

        writer.Count(helper.EndedOffers.Next);
        writer.Count(helper.Ratings.Entries.Length);
        foreach ((RequestId request, int stars) in helper.Ratings.Entries)
        {
            writer.Text(request.Value);
            writer.Signed(stars);
        }

        writer.Count(helper.Ratings.Next);
    }

    public static void Read(ref RecordReader reader, HelperState helper)
    {
        helper.IsOnline = reader.Bool();
        helper.IsOnBreak = reader.Bool();
        helper.IsStale = reader.Bool();
        helper.Region = reader.Cell();
        if (reader.Bool())
        {
            helper.Card = new HelperCard(helper.Helper, ReadProfile(ref reader), ReadStatistics(ref reader), reader.Time());
        }

        int promised = reader.Count(HelperProfile.MaxCapacity);
        for (int i = 0; i < promised; i++)
        {
            helper.Promised.Add(ReadCommitment(ref reader));
        }

        (OfferId, EndedOffer)[] ended = new (OfferId, EndedOffer)[reader.Count(helper.EndedOffers.Capacity)];
        foreach (ref (OfferId, EndedOffer) entry in ended.AsSpan())
        {
            entry = (new OfferId(reader.Id()), ReadEnded(ref reader));
        }

        helper.EndedOffers.Restore(ended, reader.Int32(Math.Max(0, ended.Length - 1)));
        (RequestId, int)[] ratings = new (RequestId, int)[reader.Count(helper.Ratings.Capacity)];
        foreach (ref (RequestId, int) entry in ratings.AsSpan())
        {
            entry = (new RequestId(reader.Id()), reader.SignedInt32());
        }

        helper.Ratings.Restore(ratings, reader.Int32(Math.Max(0, ratings.Length - 1)));
    }

    private static void WriteProfile(ref RecordWriter writer, HelperProfile profile)
    {
        writer.Text(profile.Name);
        writer.Byte((byte)profile.Tier);
        writer.Count(profile.Skills.Length);
        foreach (Skill skill in profile.Skills)
        {
            writer.Text(skill.Name);
            writer.Count(skill.Level);
            writer.Time(skill.CertifiedUntil);
        }

        CommonParts.Write(ref writer, profile.Languages);
        writer.Count(profile.RadiusMeters);
        writer.Count(profile.Capacity);
        CommonParts.Write(ref writer, profile.Partner);
        CommonParts.Write(ref writer, profile.Labels);
    }

    private static HelperProfile ReadProfile(ref RecordReader reader)
    {
        string name = reader.Text();
        Tier tier = (Tier)reader.Choice((int)Tier.Partner);
        Skill[] skills = new Skill[reader.Count(HelperProfile.MaxSkills)];
        foreach (ref Skill skill in skills.AsSpan())
        {
            skill = new Skill(reader.Text(), reader.Int32(), reader.Time());
        }

        return new HelperProfile(
            name, tier, ImmutableCollectionsMarshal.AsImmutableArray(skills), CommonParts.ReadWords(ref reader),
            reader.Int32(), reader.Int32(), CommonParts.ReadPartner(ref reader))
        {
            Labels = CommonParts.ReadLabels(ref reader),
        };
    }

    private static void WriteStatistics(ref RecordWriter writer, HelperStatistics statistics)
    {
        writer.Count(statistics.Visits);
        writer.Count(statistics.Resolved);
        writer.Count(statistics.Ratings);
        writer.Count(statistics.Stars);
        writer.Time(statistics.FreeSince);
    }

    private static HelperStatistics ReadStatistics(ref RecordReader reader) =>
        new(reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Time());

    private static void WriteEnded(ref RecordWriter writer, EndedOffer ended)
    {
        writer.Byte(ended.Answer switch
        {
            AnswerCode.OfferLost => LostKind,
            AnswerCode.OfferExpired => ExpiredKind,
            AnswerCode.OfferWithdrawn => WithdrawnKind,
            _ => DeclinedKind,
        });
        if (ended is DeclinedOffer declined)
        {
            writer.Byte((byte)declined.Reason);
            writer.Time(declined.AskAgainAt);
        }
    }

    private static EndedOffer ReadEnded(ref RecordReader reader) => reader.Choice(DeclinedKind) switch
    {
        LostKind => EndedOffer.Lost,
        ExpiredKind => EndedOffer.Expired,
        WithdrawnKind => EndedOffer.Withdrawn,
        _ => new DeclinedOffer((DeclineReason)reader.Choice((int)DeclineReason.Unavailable), reader.OptionalTime()),
    };

    private static void WriteCommitment(ref RecordWriter writer, Commitment commitment)
    {
        writer.Byte(commitment switch
        {
            Reserved => ReservedKind,
            AwaitingVerdict { Operation: null } => OrderedKind,
            AwaitingVerdict => AwaitingKind,
            _ => BoundKind,
        });
        writer.Text(commitment.Offer.Value);
        writer.Text(commitment.Request.Value);
        writer.Time(commitment.ExpiresAt);
        writer.Signed(commitment.EtaSeconds);
        if (commitment is AwaitingVerdict awaiting)
        {
            if (awaiting.Operation is { } operation)
            {
                writer.Text(operation.Value);
            }

            writer.Count(awaiting.Attempts);
        }
    }

    private static Commitment ReadCommitment(ref RecordReader reader)
    {
        byte kind = reader.Choice(OrderedKind);
        OfferId offer = new(reader.Id());
        RequestId request = new(reader.Id());
        Instant expiresAt = reader.Time();
        int eta = reader.SignedInt32();
        return kind switch
        {
            ReservedKind => new Reserved(offer, request, expiresAt, eta),
            AwaitingKind => new AwaitingVerdict(offer, request, expiresAt, eta, new OperationId(reader.Id()), reader.Int32()),
            OrderedKind => new AwaitingVerdict(offer, request, expiresAt, eta, null, reader.Int32()),
            _ => new Bound(offer, request, expiresAt, eta),
        };
    }
}
