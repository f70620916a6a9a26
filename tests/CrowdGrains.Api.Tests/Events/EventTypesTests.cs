using System.Runtime.CompilerServices;
using CrowdGrains.Api.Events;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Tests.Events;

public sealed class EventTypesTests
{
    [Fact]
    public void Logged_AreTheEventsOfTheGrains()
    {
        IEnumerable<string> types = typeof(GrainEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(GrainEvent)) && type != typeof(OfferMoved))
            .Select(type => ((GrainEvent)RuntimeHelpers.GetUninitializedObject(type)).Type)
            .Concat(Enum.GetValues<OfferStep>().Select(step => Happenings.Offer(step, "r1", "h1").Type));

        Assert.Equal(types.Order(StringComparer.Ordinal), EventTypes.Logged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Numbers_FitAFilter() =>
        Assert.All(EventTypes.Sent, type => Assert.True(EventTypes.TryNumber(type, out int number) && number is >= 0 and < 32));

    [Fact]
    public void Filter_OfAGroupIncludesAllOfItAndNothingElse()
    {
        Assert.True(EventTypeFilter.TryParse(["offer.*"], EventTypes.Sent, out EventTypeFilter filter, out _));

        Assert.All(EventTypes.Sent, type => Assert.Equal(type.StartsWith("offer.", StringComparison.Ordinal), filter.Includes(type)));
    }

    [Fact]
    public void Filter_OfNothingIncludesTypesOfTheFuture()
    {
        Assert.True(EventTypeFilter.TryParse([], EventTypes.Sent, out EventTypeFilter filter, out _));

        Assert.True(filter.Includes("request.teleported"));
    }
}
