using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>Silos of the version before and of the next one are understood: what they say more is passed over, what they do not say is as by default.</summary>
public sealed class WireToleranceTests(WireSerializer wire) : IClassFixture<WireSerializer>
{
    [Fact]
    public void Read_PassesOverFieldsThatItDoesNotKnow()
    {
        byte[] bytes = wire.Write(new NextOfferAccepted
        {
            Offer = Ids.Offer(1),
            Helper = Ids.Anna,
            EtaSeconds = 300,
            Card = Profiles.Card("anna"),
            Again = Ids.Anna,
            Words = ["more", "more", "words"],
            Number = 7,
        });

        Assert.Equal(new OfferAccepted(Ids.Offer(1), Ids.Anna, 300), wire.Read<OfferAccepted>(bytes));
    }

    [Fact]
    public void Read_GivesFieldsThatAreMissingTheirDefault()
    {
        byte[] bytes = wire.Write(new EarlierEnlistHelper { Card = Profiles.Card("anna"), Place = Sites.Home.ToUnitVector() });

        EnlistHelper enlist = wire.Read<EnlistHelper>(bytes);

        Assert.Equal(
            Snapshot.Of(new EnlistHelper(Profiles.Card("anna"), Sites.Home.ToUnitVector(), Number: 0, LeaseUntil: default)), Snapshot.Of(enlist));
    }

    [Fact]
    public void Read_GivesListsThatAreMissingAsEmpty()
    {
        HelpersFound found = wire.Read<HelpersFound>(wire.Write(new EarlierHelpersFound { Search = 3, Slot = 4 }));

        Assert.Equal(new HelpersFound(3, 4, [], [], []), found);
    }

    [Fact]
    public void Read_GivesTextsAndConditionsThatAreMissingAsNone()
    {
        AbortVisit abort = wire.Read<AbortVisit>(wire.Write(new EarlierAbortVisit { Operation = Ids.Op("op") }));

        Assert.Equal(new AbortVisit(Ids.Op("op"), default, ""), abort);
    }
}

/// <summary>As a later version might write it.</summary>
[GenerateSerializer, Alias("test.next-offer-accepted")]
internal struct NextOfferAccepted
{
    [Id(0)]
    public OfferId Offer;

    [Id(1)]
    public HelperId Helper;

    [Id(2)]
    public int EtaSeconds;

    [Id(3)]
    public HelperCard Card;

    [Id(4)]
    public HelperId Again;

    [Id(5)]
    public string[] Words;

    [Id(6)]
    public long Number;
}

/// <summary>As an earlier version might have written it; so are those below.</summary>
[GenerateSerializer, Alias("test.earlier-enlist-helper")]
internal struct EarlierEnlistHelper
{
    [Id(0)]
    public HelperCard Card;

    [Id(1)]
    public UnitVector Place;
}

[GenerateSerializer, Alias("test.earlier-helpers-found")]
internal struct EarlierHelpersFound
{
    [Id(0)]
    public int Search;

    [Id(1)]
    public int Slot;
}

[GenerateSerializer, Alias("test.earlier-abort-visit")]
internal struct EarlierAbortVisit
{
    [Id(0)]
    public OperationId Operation;
}
