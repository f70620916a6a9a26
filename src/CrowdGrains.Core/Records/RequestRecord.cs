using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Records;

/// <summary>What is durable of a request: all but its search. One that was not submitted has nothing.</summary>
internal static class RequestRecord
{
    public static void Write(ref RecordWriter writer, RequestState request)
    {
        writer.Byte((byte)request.Status);
        if (request.Submission is not { } submission)
        {
            return;
        }

        SubmissionRecord.Write(ref writer, submission);
        writer.Count(request.FirstRung);
        writer.Count(request.Rung);
        writer.Time(request.RungSince);
        writer.Time(request.WantedSince);
        writer.Count(request.OfferCount);
        writer.Bool(request.Stars is not null);
        if (request.Stars is { } stars)
        {
            writer.Signed(stars);
        }

        WriteRating(ref writer, request.Rating);
        writer.Bool(request.AskedPreferred);
        writer.Count(request.SearchCount);
        writer.Count(request.RetryCount);
        writer.Bool(request.IsListed);
        writer.Signed(request.ListingNumber);
        WriteVisits(ref writer, request);
        OffersRecord.Write(ref writer, request);
        RoundRecord.Write(ref writer, request.KeptRounds);
    }

    public static void Read(ref RecordReader reader, RequestState request)
    {
        request.Status = (RequestStatus)reader.Choice((int)RequestStatus.Aborted);
        if (request.Status == RequestStatus.None)
        {
            return;
        }

        Submission submission = SubmissionRecord.Read(ref reader);
        int lastRung = submission.Problem.Rungs.Length - 1;
        request.Submission = submission;
        request.FirstRung = reader.Int32(lastRung);
        request.Rung = reader.Int32(lastRung);
        request.RungSince = reader.Time();
        request.WantedSince = reader.Time();
        request.OfferCount = reader.Int32();
        request.Stars = reader.Bool() ? reader.SignedInt32() : null;
        request.Rating = ReadRating(ref reader);
        request.AskedPreferred = reader.Bool();
        request.SearchCount = reader.Int32();
        request.RetryCount = reader.Int32();
        request.IsListed = reader.Bool();
        request.ListingNumber = reader.Signed();
        ReadVisits(ref reader, request, lastRung);
        OffersRecord.Read(ref reader, request, submission);
        RoundRecord.Read(ref reader, request.KeptRounds, lastRung);
    }

    private static void WriteRating(ref RecordWriter writer, PendingRating? pending)
    {
        writer.Bool(pending is not null);
        if (pending is { } rating)
        {
            writer.Text(rating.Helper.Value);
            writer.Count(rating.Stars);
            writer.Count(rating.Attempts);
        }
    }

    private static PendingRating? ReadRating(ref RecordReader reader) =>
        reader.Bool() ? new PendingRating(new HelperId(reader.Id()), reader.Int32(), reader.Int32()) : null;

    private static void WriteVisits(ref RecordWriter writer, RequestState request)
    {
        writer.Bool(request.Assignment is not null);
        if (request.Assignment is { } assignment)
        {
            writer.Count(assignment.Visit);
            writer.Text(assignment.Offer.Value);
            writer.Text(assignment.Helper.Value);
            writer.Count(assignment.Rung);
            writer.Signed(assignment.EtaSeconds);
            writer.Time(assignment.AssignedAt);
            writer.Time(assignment.Since);
        }

        writer.Count(request.EndedVisits.Count);
        foreach (Visit visit in CollectionsMarshal.AsSpan(request.EndedVisits))
        {
            writer.Count(visit.Number);
            writer.Text(visit.Offer.Value);
            writer.Text(visit.Helper.Value);
            writer.Count(visit.Rung);
            writer.Time(visit.AssignedAt);
            writer.Time(visit.EndedAt);
            writer.Byte((byte)visit.Outcome);
        }

        writer.Count(request.Releases.Count);
        foreach (PendingRelease release in CollectionsMarshal.AsSpan(request.Releases))
        {
            writer.Text(release.Offer.Value);
            writer.Text(release.Helper.Value);
            writer.Byte((byte)release.Reason);
            writer.Count(release.Attempts);
        }
    }

    private static void ReadVisits(ref RecordReader reader, RequestState request, int lastRung)
    {
        request.Assignment = reader.Bool()
            ? new Assignment(
                reader.Int32(), new OfferId(reader.Id()), new HelperId(reader.Id()), reader.Int32(lastRung), reader.SignedInt32(), reader.Time(), reader.Time())
            : null;
        int visits = reader.Count(CommonParts.MaxItems);
        for (int i = 0; i < visits; i++)
        {
            request.EndedVisits.Add(new Visit(
                reader.Int32(), new OfferId(reader.Id()), new HelperId(reader.Id()), reader.Int32(lastRung), reader.Time(), reader.Time(),
                (VisitOutcome)reader.Choice((int)VisitOutcome.Withdrawn)));
        }

        if (visits == 0 && request.Status == RequestStatus.Completed)
        {
            throw reader.Garbled("a completed request without a visit");
        }

        int releases = reader.Count(CommonParts.MaxItems);
        for (int i = 0; i < releases; i++)
        {
            request.Releases.Add(new PendingRelease(
                new OfferId(reader.Id()), new HelperId(reader.Id()), (ReleaseReason)reader.Choice((int)ReleaseReason.Withdrawn), reader.Int32()));
        }
    }
}
