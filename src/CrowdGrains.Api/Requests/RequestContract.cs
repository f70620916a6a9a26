using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;
using CrowdGrains.Hosting.ReadModels;
using Assignment = CrowdGrains.Client.Contract.Assignment;
using Rung = CrowdGrains.Client.Contract.Rung;
using Skill = CrowdGrains.Client.Contract.Skill;
using Visit = CrowdGrains.Client.Contract.Visit;

namespace CrowdGrains.Api.Requests;

/// <summary>A request as the contract shows it.</summary>
internal static class RequestContract
{
    public static Request ToContract(this RequestSnapshot request)
    {
        Submission submission = request.Submission;
        RequestSpec spec = submission.Spec;
        return new Request
        {
            Id = request.Id.Value,
            CustomerId = spec.Customer.Value,
            Problem = spec.Problem,
            Skills = [.. submission.Skills.Select(need => new Skill(need.Name, need.Level) { Certified = need.Certified })],
            Languages = spec.Languages,
            Position = spec.Position.ToContract(),
            Cell = CellOf(spec.Position).ToString(),
            Severity = submission.Severity.ToContract(),
            Window = new RequestWindow(spec.NotBefore?.ToDateTimeOffset(), spec.Deadline?.ToDateTimeOffset()),
            PreferredHelperId = spec.Preferred?.Value,
            Channel = spec.Channel,
            Description = spec.Description,
            PartnerId = spec.Partner?.Value,
            Status = request.Status.ToContract(),
            SubmittedAt = submission.At.ToDateTimeOffset(),
            Deadline = request.Deadline?.ToDateTimeOffset(),
            Assignment = request.Assignment is { } assigned
                ? new Assignment(assigned.Helper.Value, assigned.Offer.Value, assigned.EtaSeconds, assigned.AssignedAt.ToDateTimeOffset())
                : null,
            Rung = RungOf(request, request.Rung),
            Visits = [.. request.Visits.Select(ToContract)],
            Stars = request.Stars,
            ExternalId = spec.Labels.ExternalId is { Length: > 0 } externalId ? externalId : null,
            Metadata = spec.Labels.ToMetadata(),
        };
    }

    /// <summary>With nothing of what came after the helper's last visit.</summary>
    public static Request ToContractAsLeftBy(this RequestSnapshot request, HelperId former)
    {
        int known = request.Visits.Length;
        while (known > 0 && request.Visits[known - 1].Helper != former)
        {
            known--;
        }

        bool isEnd = request.Status == Core.Requests.RequestStatus.Aborted && known == request.Visits.Length;
        return request.ToContract() with
        {
            Status = isEnd ? Client.Contract.RequestStatus.Aborted : Client.Contract.RequestStatus.Searching,
            Assignment = null,
            Visits = [.. request.Visits.Take(known).Select(ToContract)],
            Stars = null,
        };
    }

    public static string ETag(this RequestSnapshot request) => EntityTags.Of(request.Version);

    /// <summary>What may be told of a place to everybody who may know of the request.</summary>
    public static CellIndex CellOf(LatLng place) => CellIndex.FromLatLng(place, RequestView.CellResolution);

    public static Rung RungOf(RequestSnapshot request, int index) =>
        new(index, request.Submission.Problem.Rungs[index].Tier.ToContract());

    /// <summary>camelCase, as in events.</summary>
    private static string Word(VisitOutcome outcome) => outcome switch
    {
        VisitOutcome.Resolved => "resolved",
        VisitOutcome.Unresolved => "unresolved",
        VisitOutcome.Aborted => "aborted",
        VisitOutcome.NoShow => "noShow",
        VisitOutcome.Cancelled => "cancelled",
        VisitOutcome.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Has no word."),
    };

    private static Visit ToContract(Core.Requests.Visit visit) => new(
        visit.Number,
        visit.Helper.Value,
        visit.Offer.Value,
        visit.AssignedAt.ToDateTimeOffset(),
        visit.EndedAt.ToDateTimeOffset(),
        Word(visit.Outcome));
}
