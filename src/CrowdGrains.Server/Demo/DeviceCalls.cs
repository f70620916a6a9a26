using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using Contract = CrowdGrains.Client.Contract;

namespace CrowdGrains.Server.Demo;

/// <summary>What people's devices and front ends call when people act: one call of the HTTP interface for each message but a position.</summary>
internal static class DeviceCalls
{
    /// <exception cref="CrowdGrainsException">The server refused, or did not answer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">People do not send such messages.</exception>
    public static Task SendAsync(CrowdGrainsClient client, GrainId grain, Message message, CancellationToken cancellation) => message switch
    {
        RegisterHelper m => client.Helpers.CreateAsync(Registration(grain.Name, m.Profile, m.Position), null, cancellation),
        GoOnline m => client.Helpers.GoOnlineAsync(grain.Name, Shift(m), null, cancellation),
        GoOffline => client.Helpers.GoOfflineAsync(grain.Name, null, cancellation),
        AcceptOffer m => client.Offers.AcceptAsync(m.Offer.Value, null, cancellation),
        DeclineOffer m => client.Offers.DeclineAsync(m.Offer.Value, Decline(m), null, cancellation),
        SubmitRequest m => client.Requests.SubmitAsync(Submission(grain.Name, m.Spec), null, cancellation),
        CancelRequest m => client.Requests.CancelAsync(grain.Name, m.Reason, null, cancellation),
        RateRequest m => client.Requests.RateAsync(grain.Name, new Contract.Rating(m.Stars, m.Resolved), null, cancellation),
        ReportEnRoute => client.Requests.SetOutAsync(grain.Name, null, cancellation),
        ReportArrival => client.Requests.ArriveAsync(grain.Name, null, cancellation),
        CompleteVisit m => client.Requests.CompleteAsync(grain.Name, m.Resolved, null, cancellation),
        AbortVisit m => client.Requests.AbortAsync(grain.Name, m.Reason, null, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "is nothing that people send"),
    };

    private static Contract.HelperRegistration Registration(string id, HelperProfile profile, LatLng? position) => new()
    {
        Id = id,
        Name = profile.Name,
        Tier = (Contract.Tier)profile.Tier,
        Skills = [.. profile.Skills.Select(SkillOf)],
        Languages = profile.Languages,
        RadiusMeters = profile.RadiusMeters,
        Capacity = profile.Capacity,
        PartnerId = profile.Partner?.Value,
        Position = position is { } place ? PositionOf(place) : null,
    };

    private static Contract.Skill SkillOf(Skill skill) => new(skill.Name, skill.Level)
    {
        CertifiedUntil = skill.CertifiedUntil == Instant.Never ? null : skill.CertifiedUntil.ToDateTimeOffset(),
    };

    private static Contract.GoOnline Shift(GoOnline shift) => new() { Position = PositionOf(shift.Position), Until = shift.Until?.ToDateTimeOffset() };

    private static Contract.Decline Decline(DeclineOffer decline) =>
        new((Contract.DeclineReason)decline.Reason, decline.AskAgainAfter is { } after ? (int)after.TotalSeconds : null);

    private static Contract.RequestSubmission Submission(string id, RequestSpec spec) => new()
    {
        Id = id,
        CustomerId = spec.Customer.Value,
        Problem = spec.Problem,
        Skills = spec.Skills.IsEmpty ? null : [.. spec.Skills.Select(NeedOf)],
        Languages = spec.Languages,
        Position = PositionOf(spec.Position),
        Severity = (Contract.Severity?)spec.Severity,
        Window = new Contract.RequestWindow(spec.NotBefore?.ToDateTimeOffset(), spec.Deadline?.ToDateTimeOffset()),
        PreferredHelperId = spec.Preferred?.Value,
        Channel = spec.Channel,
        Description = spec.Description,
    };

    private static Contract.Skill NeedOf(SkillNeed need) => new(need.Name, need.Level) { Certified = need.Certified };

    private static Contract.Position PositionOf(LatLng place) => new(place.Lat, place.Lng);
}
