using System.Collections.Immutable;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Testing;
using GrainId = CrowdGrains.Core.Turns.GrainId;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>What is sent arrives: every kind of message, whatever is in it.</summary>
public sealed class MessageWireTests(WireSerializer wire) : IClassFixture<WireSerializer>
{
    private const int Seeds = 200;

    public static TheoryData<Type> Messages => [.. Examples.Messages];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Send_BringsEveryPropertyOfAMessage(Type type)
    {
        Message sent = (Message)new Examples(1, isFull: true).Make(type)!;
        Assert.True(Examples.IsFull(sent), $"The example of {type.Name} has nothing in one of its properties: {sent}");

        Message received = wire.Send(sent);

        Assert.IsType(type, received);
        Assert.Equal(Snapshot.Of(sent), Snapshot.Of(received));
        Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send<object>(sent)));
        if (sent is Command command)
        {
            Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send(command)));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Send_BringsWhateverIsInAMessage(Type type)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Message sent = (Message)new Examples(seed, isFull: false).Make(type)!;
            Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send(sent)));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Copy_IsTheSameMessage(Type type)
    {
        Message sent = (Message)new Examples(1, isFull: true).Make(type)!;

        Assert.Same(sent, wire.Copy(sent));
        Assert.Same(sent, wire.Copy<object>(sent));
        if (sent is Command command)
        {
            Assert.Same(command, wire.Copy(command));
        }
    }

    [Fact]
    public void Send_BringsWhateverIsInTheOtherValues()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Examples examples = new(seed, isFull: seed == 0);
            RequireSame(examples.Make<Answer>());
            RequireSame(examples.Make<PositionReport>());
            RequireSame(examples.Make<ImmutableArray<PositionReport>>());
            RequireSame(examples.Make<PositionReport[]>());
            RequireSame(examples.Make<Instant>());
            RequireSame(examples.Make<CellIndex>());
            RequireSame(examples.Make<UnitVector>());
            RequireSame(examples.Make<ImmutableArray<CellIndex>>());
            RequireSame(examples.Make<ImmutableArray<KeyValuePair<CellIndex, int>>>());
        }
    }

    [Fact]
    public void Send_BringsTheAddressOfEveryKindOfGrain()
    {
        CellIndex cell = CellIndex.FromLatLng(Sites.Home, 7);
        foreach (GrainId grain in new GrainId[] { Ids.Anna, Ids.Request(1), cell, default })
        {
            Assert.Equal(grain, wire.Send(grain));
        }
    }

    [Fact]
    public void Send_KeepsTheSignOfZero()
    {
        Assert.True(double.IsNegative(wire.Send(LatLng.FromDegrees(1, -0.0)).Lng));
        Assert.True(double.IsNegative(wire.Send(LatLng.FromDegrees(0, -180).ToUnitVector()).Y));
    }

    [Fact]
    public void Send_KeepsAChoiceThatIsNotKnown() => Assert.Equal((AnswerCode)200, wire.Send(new Answer((AnswerCode)200)).Code);

    [Fact]
    public void Send_BringsThePlainAnswerItself() => Assert.Same(Answer.Ok, wire.Send(Answer.Ok));

    [Fact]
    public void Read_RefusesAPlaceThatIsNoPointOfTheSphere()
    {
        byte[] bytes = wire.Write(Sites.Home.ToUnitVector());
        bytes[^2] ^= 0x10;

        Assert.Throws<ArgumentException>(() => wire.Read<UnitVector>(bytes));
    }

    private void RequireSame<T>(T sent) => Assert.Equal(Snapshot.Of(sent), Snapshot.Of(wire.Send(sent)));
}
