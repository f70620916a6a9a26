using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>Short ids for tests.</summary>
public static class Ids
{
    public static readonly HelperId Anna = HelperId.From("anna");
    public static readonly HelperId Ben = HelperId.From("ben");
    public static readonly HelperId Cora = HelperId.From("cora");
    public static readonly HelperId Dan = HelperId.From("dan");

    public static HelperId Helper(string name) => HelperId.From(name);

    public static RequestId Request(int number) => RequestId.From($"request-{number}");

    /// <summary>An offer that a test makes up; a request derives its own.</summary>
    public static OfferId Offer(int number) => OfferId.From($"offer-{number}");

    public static OperationId Op(string name) => OperationId.From(name);
}
