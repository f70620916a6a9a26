using System.Text;
using CrowdGrains.Fuzzer.Oracle;
using CrowdGrains.Fuzzer.Requests;
using CrowdGrains.Fuzzer.Stages;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Tests.Oracle;

/// <summary>A judge that finds nothing must be one that would.</summary>
public sealed class JudgeTests
{
    private const string Problem = """{"type":"https://crowdgrains.dev/problems/invalid","title":"t","status":400,"detail":null,"code":"invalid","traceId":"0","errors":[]}""";
    private const string ProblemType = "application/problem+json";

    private readonly Judge _judge;

    public JudgeTests()
    {
        Secrets secrets = new(["cg_the-secret"]);
        secrets.Add(new Marker("MARK-A", Identity.Admin, Identity.PartnerA));
        secrets.Add(new Marker("35.6800017", Identity.Admin));
        _judge = new Judge(secrets);
    }

    [Theory]
    [InlineData(400, ProblemType, Problem)]
    [InlineData(200, "application/json", """{"name":"MARK-B"}""")]
    [InlineData(204, "", "")]
    public void FindFault_LetsPassWhatIsRight(int status, string type, string body) => Assert.Null(Find(status, type, body));

    [Theory]
    [InlineData(500, ProblemType, Problem, "status 500")]
    [InlineData(503, ProblemType, Problem, "503 without Retry-After")]
    [InlineData(429, ProblemType, Problem, "429 without Retry-After")]
    [InlineData(404, "text/html", "<html>", "refusal that is no problem")]
    [InlineData(404, "", "", "refusal that is no problem")]
    [InlineData(404, ProblemType, Problem, "problem that is not whole")]
    [InlineData(400, ProblemType, "{}", "problem that is not whole")]
    [InlineData(400, ProblemType, "[", "problem that is not whole")]
    [InlineData(200, "application/json", "{", "answer that is not JSON")]
    [InlineData(200, "application/json", """{"secret":"cg_the-secret"}""", "secret shown")]
    [InlineData(200, "application/json", """{"name":"MARK-A"}""", "leak")]
    [InlineData(200, "application/json", """{"lat":35.6800017}""", "leak")]
    [InlineData(400, ProblemType, "System.NullReferenceException", "inside shown")]
    [InlineData(200, "application/json", "\"   at X.Y()\"", "inside shown")]
    public void FindFault_FindsWhatIsNot(int status, string type, string body, string kind) => Assert.Equal(kind, Find(status, type, body)?.Kind);

    [Theory]
    [InlineData(nameof(Identity.Admin))]
    [InlineData(nameof(Identity.PartnerA))]
    public void FindFault_ShowsMarksToWhomTheyAreFor(string identity) => Assert.Null(Find(200, "application/json", "\"MARK-A\"", Enum.Parse<Identity>(identity)));

    [Fact]
    public void FindFault_MissesAnAnswer() =>
        Assert.Equal("no answer", _judge.FindFault(Request(Identity.PartnerB), RawAnswer.None)?.Kind);

    [Fact]
    public void FindFault_MissesNoBodyWhereNothingWasHttp() =>
        Assert.Null(_judge.FindFault(Request(Identity.None) with { IsHttp = false }, new RawAnswer(400, new Dictionary<string, string>(), [], [], IsCut: false)));

    private Finding? Find(int status, string type, string body, Identity identity = Identity.PartnerB) => _judge.FindFault(
        Request(identity),
        new RawAnswer(status, new Dictionary<string, string> { ["Content-Type"] = type, ["X-Content-Type-Options"] = "nosniff" }, [], Encoding.UTF8.GetBytes(body), IsCut: false));

    private static HostileRequest Request(Identity identity) =>
        new(0, "GET /v1/x (Valid)", identity, "GET", "/v1/x", "HTTP/1.1", [], null, Delivery.Whole, IsHttp: true);
}
