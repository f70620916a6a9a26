using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Measures;

namespace CrowdGrains.LoadGenerator.Tests.Measures;

public sealed class TallyTests
{
    private readonly Tally _tally = new();

    [Fact]
    public void Fail_IsAnErrorByStatusAndCode()
    {
        _tally.Fail("submit", Refused(503, "overloaded"));
        _tally.Fail("submit", Refused(503, "overloaded"));
        Assert.Equal(2, _tally.Errors["submit 503 overloaded"]);
        Assert.Equal(2, _tally.ErrorCount);
    }

    [Fact]
    public void Fail_IsNoErrorWhenAnotherHelperWasFirst()
    {
        _tally.Fail("accept", Refused(409, ProblemCodes.OfferLost));
        Assert.Equal((0, 1), (_tally.ErrorCount, _tally.Refusals["accept 409 offer-lost"]));
    }

    private static CrowdGrainsException Refused(int status, string code) => new(new Problem("about:blank", "", status, null, code, null, null));
}
