using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.H3.Tests.Cells;

/// <summary>Whatever the text is, it is a cell that writes itself so, or it is refused, the same in characters and bytes.</summary>
public class CellTextProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    [Fact]
    public void TryParse_OfAnyTextGivesACellOrNothing()
    {
        var letters = Gen.OneOf(Gen.Elements("0123456789abcdefABCDEFxX +-_.\0".ToCharArray()), Gen.Choose(0, 0xFFFF).Select(value => (char)value));
        Prop.ForAll(Gen.ArrayOf(letters).Select(text => new string(text)).ToArbitrary(), IsCellOrRefused).Check(Thorough.WithEndSize(24));
    }

    [Fact]
    public void TryParse_OfAnyIndexGivesACellOrNothing()
    {
        var half = Gen.Choose(int.MinValue, int.MaxValue);
        var index =
            from high in half
            from low in half
            select (((ulong)(uint)high << 32) | (uint)low).ToString("x", CultureInfo.InvariantCulture);
        Prop.ForAll(index.ToArbitrary(), IsCellOrRefused).Check(Thorough);
    }

    [Fact]
    public void TryParse_OfACellWithOneMoreCharacterGivesNothing()
    {
        var longer =
            from resolution in Gen.Choose(0, 15)
            from at in Gen.Choose(0, 15)
            from more in Gen.Elements("\0 \n+-_.xg\u00A0".ToCharArray())
            select CellIndex.FromLatLng(LatLng.FromDegrees(47, 8), resolution).ToString().Insert(at, more.ToString());
        Prop.ForAll(longer.ToArbitrary(), text => IsCellOrRefused(text) && !CellIndex.TryParse(text, null, out _)).Check(Thorough);
    }

    [Fact]
    public void TryParse_OfADamagedCellGivesACellOrNothing()
    {
        var damaged =
            from lat in Gen.Choose(-90, 90)
            from lng in Gen.Choose(-180, 180)
            from resolution in Gen.Choose(0, 15)
            from bits in Gen.ArrayOf(Gen.Choose(0, 63), 3)
            from count in Gen.Choose(0, 3)
            select bits.Take(count).Aggregate(CellIndex.FromLatLng(LatLng.FromDegrees(lat, lng), resolution).Value, (value, bit) => value ^ (1UL << bit));
        Prop.ForAll(damaged.Select(value => value.ToString("x", CultureInfo.InvariantCulture)).ToArbitrary(), IsCellOrRefused).Check(Thorough);
    }

    [Fact]
    public void TryParse_OfAnyBytesGivesACellOrNothing() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)).ToArbitrary(), bytes =>
            !CellIndex.TryParse(bytes, null, out var cell) || CellIndex.IsValid(cell.Value)).Check(Thorough.WithEndSize(24));

    private static bool IsCellOrRefused(string text)
    {
        var isCell = CellIndex.TryParse(text, null, out var cell);
        var isSameInBytes = CellIndex.TryParse(Encoding.UTF8.GetBytes(text), null, out var read) == isCell && read == cell;
        return isSameInBytes && (isCell ? SurvivesUse(cell, text) : Throws(() => CellIndex.Parse(text)) && cell == default);
    }

    private static bool SurvivesUse(CellIndex cell, string text) =>
        CellIndex.IsValid(cell.Value)
        && string.Equals(cell.ToString(), text.TrimStart('0'), StringComparison.OrdinalIgnoreCase)
        && CellIndex.FromLatLng(cell.Center, cell.Resolution) == cell;

    private static bool Throws(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
