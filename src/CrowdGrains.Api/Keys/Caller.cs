using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Keys;

/// <summary>Who calls, by the key: one scope, and for a partner or helper whose it is.</summary>
/// <param name="Subject">The id of the partner or helper; empty for the staff.</param>
internal sealed record Caller(string KeyId, Scopes Scope, string Subject)
{
    private const string PartnerPrefix = "partner:";
    private const string HelperPrefix = "helper:";

    /// <summary>The scope as written in a key: <c>admin</c>, <c>dispatch</c>, <c>partner:&lt;id&gt;</c>, <c>helper:&lt;id&gt;</c>.</summary>
    public string ScopeText { get; } = Scope switch
    {
        Scopes.Admin => "admin",
        Scopes.Dispatch => "dispatch",
        Scopes.Partner => PartnerPrefix + Subject,
        Scopes.Helper => HelperPrefix + Subject,
        _ => throw new ArgumentOutOfRangeException(nameof(Scope), Scope, "A key has one scope."),
    };

    /// <summary>The name for the timeline: people see who it was, and the staff finds the key.</summary>
    public string Actor { get; } = Scope switch
    {
        Scopes.Admin => $"admin:{KeyId}",
        Scopes.Dispatch => $"dispatch:{KeyId}",
        Scopes.Partner => PartnerPrefix + Subject,
        _ => HelperPrefix + Subject,
    };

    public bool IsAdmin => Scope == Scopes.Admin;

    /// <summary>Admin or dispatch: sees everything.</summary>
    public bool IsStaff => (Scope & Scopes.Staff) != 0;

    /// <summary>The partner, when a partner calls.</summary>
    public PartnerId? Partner { get; } = Scope == Scopes.Partner ? PartnerId.From(Subject) : null;

    /// <summary>The helper, when a helper's device calls.</summary>
    public HelperId? Helper { get; } = Scope == Scopes.Helper ? HelperId.From(Subject) : null;

    public static bool TryParse(string keyId, string scope, [NotNullWhen(true)] out Caller? caller)
    {
        caller = scope switch
        {
            "admin" => new Caller(keyId, Scopes.Admin, ""),
            "dispatch" => new Caller(keyId, Scopes.Dispatch, ""),
            _ when scope.StartsWith(PartnerPrefix, StringComparison.Ordinal) && Identifier.IsValid(scope.AsSpan(PartnerPrefix.Length)) =>
                new Caller(keyId, Scopes.Partner, scope[PartnerPrefix.Length..]),
            _ when scope.StartsWith(HelperPrefix, StringComparison.Ordinal) && Identifier.IsValid(scope.AsSpan(HelperPrefix.Length)) =>
                new Caller(keyId, Scopes.Helper, scope[HelperPrefix.Length..]),
            _ => null,
        };
        return caller is not null;
    }

    /// <summary>The helper's resource exists for this caller: the staff, its partner, itself.</summary>
    public bool MaySee(HelperSnapshot helper) => MaySee(helper.Id, helper.Card.Profile.Partner);

    /// <summary>The same, for a helper of which only id and partner are at hand.</summary>
    public bool MaySee(HelperId helper, PartnerId? partner) =>
        IsStaff || (Helper is { } self ? self == helper : Partner is { } own && partner == own);

    /// <summary>The request was submitted by this partner.</summary>
    public bool Submitted(RequestSnapshot request) => Partner is { } own && request.Submission.Spec.Partner == own;
}
