using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Api.Requests;

/// <summary>From a submission to what the rules know as one; they judge its values.</summary>
internal static class RequestSpecs
{
    private const int MaxTagLength = 35;

    public static RequestSpec Read(RequestSubmission submission, PartnerId? partner, Fields fields) => new(
        CustomerId.From(fields.RequiredId("/customerId", submission.CustomerId)),
        fields.Required("/problem", submission.Problem),
        fields.List("/skills", submission.Skills, (pointer, skill) => NeedOf(pointer, skill, fields)),
        fields.RequiredPosition("/position", submission.Position),
        fields.Texts("/languages", submission.Languages, MaxTagLength),
        submission.Severity?.ToCore(),
        fields.Time("/window/notBefore", submission.Window?.NotBefore),
        fields.Time("/window/deadline", submission.Window?.Deadline),
        fields.Id("/preferredHelperId", submission.PreferredHelperId) is { } preferred ? HelperId.From(preferred) : null,
        submission.Channel ?? "",
        submission.Description ?? "")
    {
        Labels = fields.Labels(submission.ExternalId, submission.Metadata),
        Partner = partner,
    };

    private static SkillNeed NeedOf(string pointer, Client.Contract.Skill skill, Fields fields)
    {
        if (skill.CertifiedUntil is not null)
        {
            fields.Refuse($"{pointer}/certifiedUntil", "belongs to helpers; a request has certified");
        }

        return new SkillNeed(
            fields.Required($"{pointer}/name", skill.Name), fields.Required($"{pointer}/level", skill.Level), skill.Certified ?? false);
    }
}
