using System.Text;
using CrowdGrains.Fuzzer.Chance;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>Streams of positions: lines that are right, some of them damaged, long and short.</summary>
internal static class PositionLines
{
    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n", "\n\n", "\r"];

    public static byte[] Make(Dice dice, bool isHostile)
    {
        using MemoryStream lines = new();
        for (int i = dice.Pick<int>([1, 2, 5, 40]); i > 0; i--)
        {
            lines.Write(isHostile && dice.InHundred(50) ? Damaged(dice) : Line(dice).ToBytes());
            lines.Write(Encoding.ASCII.GetBytes(isHostile ? dice.Pick(Ends) : "\n"));
        }

        return lines.ToArray();
    }

    private static ObjectPart Line(Dice dice)
    {
        (string lat, string lng) = dice.Pick(Known.Places);
        ObjectPart line = new();
        line.Members.Add(("\"helperId\""u8.ToArray(), new RawPart(Encoding.ASCII.GetBytes($"\"{dice.Pick(Known.Helpers)}\""))));
        line.Members.Add(("\"lat\""u8.ToArray(), new RawPart(Encoding.ASCII.GetBytes(lat))));
        line.Members.Add(("\"lng\""u8.ToArray(), new RawPart(Encoding.ASCII.GetBytes(lng))));
        if (dice.InHundred(20))
        {
            line.Members.Add(("\"at\""u8.ToArray(), new RawPart("\"2026-01-01T00:00:00.5Z\""u8.ToArray())));
        }

        return line;
    }

    private static byte[] Damaged(Dice dice) =>
        dice.InHundred(60) ? JsonDamage.Apply(Line(dice), dice).ToBytes() : ByteDamage.Apply(Line(dice).ToBytes(), dice);
}
