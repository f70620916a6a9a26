using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;

namespace CrowdGrains.CrashCampaign.Tests.Books;

/// <summary>What was shown and is not in the log.</summary>
public sealed class ShownTests : IDisposable
{
    private readonly Verdict _verdict = new();
    private readonly RequestFile _file;

    public ShownTests()
    {
        _file = new RequestFile(_verdict, "r1");
        Hear("""request.submitted","data":{"requestId":"r1"}""");
        Hear("""request.assigned","data":{"requestId":"r1","visit":1,"helperId":"h1","offerId":"o1"}""");
        Hear("""request.enRoute","data":{"requestId":"r1","visit":1,"helperId":"h1"}""");
    }

    [Fact]
    public void Contradicts_TakesWhatIsAndWhatWas()
    {
        Assert.Null(Shown.Contradicts(Shows(RequestStatus.EnRoute, "o1"), _file));
        Assert.Null(Shown.Contradicts(Shows(RequestStatus.Assigned, "o1"), _file));
        Assert.Null(Shown.Contradicts(Shows(RequestStatus.Offering, null), _file));
        Assert.Null(Shown.DiffersFrom(Shows(RequestStatus.EnRoute, "o1"), _file));
    }

    [Fact]
    public void Contradicts_FindsWhatWasLost()
    {
        Assert.NotNull(Shown.Contradicts(Shows(RequestStatus.OnSite, "o1"), _file));
        Assert.NotNull(Shown.Contradicts(Shows(RequestStatus.Assigned, "o2"), _file));
        Assert.NotNull(Shown.Contradicts(Shows(RequestStatus.Completed, null), _file));
        Assert.NotNull(Shown.Contradicts(Shows(RequestStatus.EnRoute, "o1") with { Stars = 5 }, _file));
        Assert.NotNull(Shown.Contradicts(Shows(RequestStatus.EnRoute, "o1") with { Visits = [new Visit(1, "h1", "o1", default, default, "aborted")] }, _file));
    }

    [Fact]
    public void DiffersFrom_FindsWhatIsBehind()
    {
        Assert.NotNull(Shown.DiffersFrom(Shows(RequestStatus.Assigned, "o1"), _file));
        Assert.NotNull(Shown.DiffersFrom(Shows(RequestStatus.Searching, null), _file));
    }

    [Theory]
    [InlineData("\"7\"", 7)]
    [InlineData("\"7.1735689600000\"", 7)]
    [InlineData(null, 0)]
    public void VersionOf_ReadsWhatIsDurable(string? tag, long version) => Assert.Equal(version, Shown.VersionOf(tag));

    public void Dispose() => _verdict.Dispose();

    private void Hear(string happened) => _file.Hear(Heard.Read(
        $$"""{"id":"{{_file.Events.Count + 1}}","subject":"requests/r1","time":"2026-01-01T00:00:00Z","type":"{{happened}}}"""));

    private static Request Shows(RequestStatus status, string? offer) => new()
    {
        Id = "r1",
        CustomerId = "c1",
        Problem = "router",
        Skills = [],
        Languages = [],
        Position = new Position(0, 0),
        Cell = "",
        Severity = Severity.Normal,
        Window = new RequestWindow(null, null),
        Channel = "web",
        Description = "",
        Status = status,
        SubmittedAt = default,
        Assignment = offer is null ? null : new Assignment("h1", offer, 60, default),
        Rung = new Rung(0, Tier.Friend),
        Visits = [],
        Metadata = new Dictionary<string, string>(),
    };
}
