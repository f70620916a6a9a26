using System.Globalization;
using CrowdGrains.Api.Map;
using CrowdGrains.H3;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Api.Tests.Map;

/// <summary>Whatever the query says, it is a box or there is a rule it breaks; and a box can be covered or is too large.</summary>
public sealed class MapBoxFuzzTests
{
    private const int Limit = 2000;

    private static readonly string[] Numbers =
        ["0", "-0", "180", "-180", "90", "-90", "179.9999999", "-179.9999999", "89.9999999", "0.0000001", "1e5", "NaN", "Infinity", "", " ", "+1", "١", "4.9406564584124654E-324", "0x1", ".5", "5."];

    [Fact]
    public void TryParse_OfAnyTextGivesABoxOrARule()
    {
        Gen<string> text = Gen.ArrayOf(Gen.OneOf(Gen.Elements(",.-+eE0123456789N ".ToCharArray()), Gen.Choose(0, 0xFFFF).Select(value => (char)value))).Select(letters => new string(letters));
        Prop.ForAll(text.ToArbitrary(), IsBoxOrBreaksARule).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Cover_OfAnyBoxGivesCellsOrIsTooLarge()
    {
        Gen<string> number = Gen.OneOf(Gen.Elements(Numbers), Gen.Choose(-1_800_000, 1_800_000).Select(value => (value / 10_000.0).ToString(CultureInfo.InvariantCulture)));
        Gen<string> box =
            from numbers in Gen.ArrayOf(number, 4)
            select string.Join(',', numbers);
        Prop.ForAll(box.ToArbitrary(), IsBoxOrBreaksARule).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Cover_OfASmallBoxAnywhereHoldsItsCorner()
    {
        Gen<(double Lat, double Lng, double Size)> corner =
            from lat in Gen.Choose(-89_000, 88_900)
            from lng in Gen.OneOf(Gen.Choose(-180_000, 179_900), Gen.Choose(179_850, 179_999))
            from size in Gen.Choose(1, 50)
            select (lat / 1000.0, lng / 1000.0, size / 1000.0);
        Prop.ForAll(corner.ToArbitrary(), at =>
        {
            double east = at.Lng + at.Size;
            MapBox box = new(at.Lng, at.Lat, east > 180 ? east - 360 : east, at.Lat + at.Size);
            return box.Cover(7, 100_000)?.Contains(CellIndex.FromLatLng(LatLng.FromDegrees(at.Lat + (at.Size / 2), at.Lng), 7)) == true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static bool IsBoxOrBreaksARule(string text)
    {
        if (!MapBox.TryParse(text, out MapBox box, out string? rule))
        {
            return rule.Length > 0;
        }

        return (box.Cover(5, Limit)?.Count ?? 0) <= Limit && (box.Grow(30).Cover(4, Limit)?.Count ?? 0) <= Limit;
    }
}
