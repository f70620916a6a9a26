using CrowdGrains.Api.Calls;
using Contract = CrowdGrains.Client.Contract;

namespace CrowdGrains.Api.Tests.Calls;

/// <summary>Every word on one side has the word of the same name on the other.</summary>
public sealed class ChoicesTests
{
    [Fact]
    public void Tiers_HaveTheSameNames()
    {
        AssertSame<Core.Ladder.Tier, Contract.Tier>(Choices.ToContract, []);
        AssertSame<Contract.Tier, Core.Ladder.Tier>(Choices.ToCore, []);
    }

    [Fact]
    public void Severities_HaveTheSameNames()
    {
        AssertSame<Core.Ladder.Severity, Contract.Severity>(Choices.ToContract, []);
        AssertSame<Contract.Severity, Core.Ladder.Severity>(Choices.ToCore, []);
    }

    [Fact]
    public void Presences_HaveTheSameNames() => AssertSame<Core.Helpers.Presence, Contract.Presence>(Choices.ToContract, []);

    [Fact]
    public void RequestStatuses_HaveTheSameNames()
    {
        AssertSame<Core.Requests.RequestStatus, Contract.RequestStatus>(Choices.ToContract, [Core.Requests.RequestStatus.None]);
        AssertSame<Contract.RequestStatus, Core.Requests.RequestStatus>(Choices.ToCore, []);
    }

    [Fact]
    public void OfferStatuses_HaveTheSameNames()
    {
        AssertSame<Core.Helpers.OfferStep, Contract.OfferStatus>(Choices.ToContract, []);
        AssertSame<Contract.OfferStatus, Core.Helpers.OfferStep>(Choices.ToCore, []);
    }

    [Fact]
    public void DeclineReasons_HaveTheSameNames() => AssertSame<Contract.DeclineReason, Core.Helpers.DeclineReason>(Choices.ToCore, []);

    private static void AssertSame<TFrom, TTo>(Func<TFrom, TTo> map, TFrom[] without)
        where TFrom : struct, Enum
        where TTo : struct, Enum
    {
        foreach (TFrom value in Enum.GetValues<TFrom>().Except(without))
        {
            Assert.Equal(value.ToString(), map(value).ToString());
        }
    }
}
