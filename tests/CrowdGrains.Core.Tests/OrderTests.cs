using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests;

/// <summary>What is ordered has operators that agree with its order.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Operators_OfHelperIdsFollowTheirOrder()
    {
        HelperId same = Ids.Helper("anna");
        Assert.Equal((true, false, false), (Ids.Anna < Ids.Ben, Ids.Ben < Ids.Anna, Ids.Anna < same));
        Assert.Equal((false, true, false), (Ids.Anna > Ids.Ben, Ids.Ben > Ids.Anna, Ids.Anna > same));
        Assert.Equal((true, false, true), (Ids.Anna <= Ids.Ben, Ids.Ben <= Ids.Anna, Ids.Anna <= same));
        Assert.Equal((false, true, true), (Ids.Anna >= Ids.Ben, Ids.Ben >= Ids.Anna, Ids.Anna >= same));
    }

    [Fact]
    public void Operators_OfRequestIdsFollowTheirOrder()
    {
        (RequestId first, RequestId second, RequestId same) = (Ids.Request(1), Ids.Request(2), Ids.Request(1));
        Assert.Equal((true, false, false), (first < second, second < first, first < same));
        Assert.Equal((false, true, false), (first > second, second > first, first > same));
        Assert.Equal((true, false, true), (first <= second, second <= first, first <= same));
        Assert.Equal((false, true, true), (first >= second, second >= first, first >= same));
    }

    [Fact]
    public void Operators_OfCandidatesFollowTheirOrder()
    {
        (Candidate first, Candidate second) = (RequestStage.Candidate(Ids.Anna, 100), RequestStage.Candidate(Ids.Anna, 200));
        Candidate same = first;
        Assert.Equal((true, false, false), (first < second, second < first, first < same));
        Assert.Equal((false, true, false), (first > second, second > first, first > same));
        Assert.Equal((true, false, true), (first <= second, second <= first, first <= same));
        Assert.Equal((false, true, true), (first >= second, second >= first, first >= same));
    }

    [Fact]
    public void Operators_OfWaitingRequestsFollowTheirOrder()
    {
        (WaitingRequest first, WaitingRequest second) = (new(Ids.Request(1), 2, 60), new(Ids.Request(2), 1, 60));
        WaitingRequest same = first;
        Assert.Equal((true, false, false), (first < second, second < first, first < same));
        Assert.Equal((false, true, false), (first > second, second > first, first > same));
        Assert.Equal((true, false, true), (first <= second, second <= first, first <= same));
        Assert.Equal((false, true, true), (first >= second, second >= first, first >= same));
    }
}
