using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1132, "cg.problem")]
internal struct ProblemWire() : IConverter<Problem, ProblemWire>
{
    [Id(0)]
    public required string? Name;

    [Id(1)]
    public required string? Title;

    [Id(2)]
    public required SkillNeed[]? Skills;

    [Id(3)]
    public required Severity Severity;

    [Id(4)]
    public required TimeSpan Duration;

    [Id(5)]
    public required TimeSpan[]? Deadlines;

    [Id(6)]
    public required Rung[]? Rungs;

    [Id(7)]
    public required int DemandWeight;

    public readonly Problem ConvertFromSurrogate(in ProblemWire wire) =>
        new(
            wire.Name.FromWire(), wire.Title.FromWire(), wire.Skills.FromWire(), wire.Severity, wire.Duration,
            wire.Deadlines.FromWire(), wire.Rungs.FromWire(), wire.DemandWeight);

    public readonly ProblemWire ConvertToSurrogate(in Problem problem) => new()
    {
        Name = problem.Name.ToWire(),
        Title = problem.Title.ToWire(),
        Skills = problem.Skills.ToWire(),
        Severity = problem.Severity,
        Duration = problem.Duration,
        Deadlines = problem.Deadlines.ToWire(),
        Rungs = problem.Rungs.ToWire(),
        DemandWeight = problem.DemandWeight,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1133, "cg.rung")]
internal struct RungWire() : IConverter<Rung, RungWire>
{
    [Id(0)]
    public required Tier Tier;

    [Id(1)]
    public required Severity MinSeverity;

    [Id(2)]
    public required string[]? Channels;

    [Id(3)]
    public required int Parallel;

    [Id(4)]
    public required TimeSpan OfferLifetime;

    [Id(5)]
    public required TimeSpan Budget;

    [Id(6)]
    public required int RadiusMeters;

    [Id(7)]
    public required int RelaxLevels;

    [Id(8)]
    public required WhenEmpty WhenEmpty;

    [Id(9)]
    public required Money Price;

    [Id(10)]
    public required Money TripPay;

    public readonly Rung ConvertFromSurrogate(in RungWire wire) =>
        new(
            wire.Tier, wire.MinSeverity, wire.Channels.FromWire(), wire.Parallel, wire.OfferLifetime, wire.Budget,
            wire.RadiusMeters, wire.RelaxLevels, wire.WhenEmpty, wire.Price, wire.TripPay);

    public readonly RungWire ConvertToSurrogate(in Rung rung) => new()
    {
        Tier = rung.Tier,
        MinSeverity = rung.MinSeverity,
        Channels = rung.Channels.ToWire(),
        Parallel = rung.Parallel,
        OfferLifetime = rung.OfferLifetime,
        Budget = rung.Budget,
        RadiusMeters = rung.RadiusMeters,
        RelaxLevels = rung.RelaxLevels,
        WhenEmpty = rung.WhenEmpty,
        Price = rung.Price,
        TripPay = rung.TripPay,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1134, "cg.money")]
internal struct MoneyWire() : IConverter<Money, MoneyWire>
{
    [Id(0)]
    public required long Amount;

    [Id(1)]
    public required string? Currency;

    public readonly Money ConvertFromSurrogate(in MoneyWire wire) => new(wire.Amount, wire.Currency.FromWire());

    public readonly MoneyWire ConvertToSurrogate(in Money money) => new() { Amount = money.Amount, Currency = money.Currency.ToWire() };
}
