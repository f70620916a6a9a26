using System.Globalization;
using System.Text;
using CrowdGrains.Fuzzer.Chance;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>Values that have broken servers before, as pieces of JSON.</summary>
internal static class HostileValues
{
    private const int LongText = 70_000;
    private const int LongDigits = 5_000;

    private static readonly string[] Plain =
    [
        "null", "true", "false", "\"\"", "\" \"", "0", "-0", "-1", "1e400", "-1e400", "1e-400", "1.0", "0.1e1", "2147483648", "-2147483649",
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1E+2147483647", "NaN", "Infinity", "-Infinity", "\"NaN\"",
        "\"Infinity\"", "+1", "01", ".5", "5.", "0x10", "1_000", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\udfff\\ud800\"", "\"\\uD83D\\uDE00\"", "\"\\u202e\\u2066\"", "\"\\ufeff\"",
        "\"\\uffff\"", "\"\\x41\"", "\"\\u12\"", "\"\\\"", "'text'", "text", "undefined", "\"../../etc/passwd\"", "\"${jndi:ldap://x}\"",
        "\"' OR 1=1 --\"", "\"<script>alert(1)</script>\"", "\"{0}{1}%s%n\"", "\"\\r\\nX-Injected: 1\"", "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-02-30T00:00:00Z\"",
        "\"2026-01-01T24:00:00Z\"", "\"2026-01-01T00:00:60Z\"", "\"2026-01-01\"", "\"2026-01-01T00:00:00\"", "\"1e9\"", "\"-1\"", "\"12:00\"",
        "90.0000001", "-90.0000001", "180.0000001", "-180.0000001", "90", "-180", "180", "4.9e-324", "1.7976931348623157e308", "\"É\"",
        "\"\\u0130\"", "\"ß\"", "\"👩‍🚒\"", "\"friend\\u0000\"", "\"FRIEND\"", "\"0\"", "0.0", "1e0", "\"1\"", "// comment\n1", "/**/1",
    ];

    public static Part Draw(Dice dice) => new RawPart(dice.Below(12) switch
    {
        0 => Quoted(new string('x', dice.Between(1, LongText))),
        1 => Quoted(Letters(dice, dice.Between(60, 300))),
        2 => Encoding.ASCII.GetBytes(new string('9', dice.Between(20, LongDigits))),
        3 => Encoding.ASCII.GetBytes("0." + new string('3', dice.Between(20, LongDigits))),
        4 => Encoding.ASCII.GetBytes(new string('[', dice.Between(1, 2000))),
        5 => Deep(dice),
        6 => [(byte)'"', .. dice.Bytes(dice.Between(1, 20)), (byte)'"'],
        7 => Encoding.ASCII.GetBytes(dice.Next().ToString(CultureInfo.InvariantCulture)),
        8 => Encoding.ASCII.GetBytes(BitConverter.UInt64BitsToDouble(dice.Next()).ToString("R", CultureInfo.InvariantCulture)),
        _ => Encoding.UTF8.GetBytes(dice.Pick(Plain)),
    });

    /// <summary>A name of a member, with its quotation marks.</summary>
    public static byte[] DrawName(Dice dice) => dice.Below(5) switch
    {
        0 => Quoted(Letters(dice, dice.Between(1, 2000))),
        1 => [(byte)'"', .. dice.Bytes(3), (byte)'"'],
        _ => Encoding.UTF8.GetBytes(dice.Pick<string>(
            ["\"extra\"", "\"__proto__\"", "\"$type\"", "\"$ref\"", "\"$id\"", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"ID\"", "\"a/b~c\"", "\"status\"", "\"0\"", "extra", "1", "\"]\"", "\"['\"", "\"']\"", "\"a.b\"", "\"a'b\"", "\"a[0]\"", "\"$\"", "\"[\"", "\"a b\""])),
    };

    /// <summary>Text of many alphabets, without what JSON escapes.</summary>
    public static string Letters(Dice dice, int count)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            Rune rune = dice.Below(4) switch
            {
                0 => new Rune(dice.Between(0xA1, 0x2FF)),
                1 => new Rune(dice.Between(0x4E00, 0x9FFF)),
                2 => new Rune(dice.Between(0x1F300, 0x1F6FF)),
                _ => new Rune(dice.Between('a', 'z')),
            };
            text.Append(rune.ToString());
        }

        return text.ToString();
    }

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");

    private static byte[] Deep(Dice dice)
    {
        int depth = dice.Pick<int>([16, 31, 32, 33, 64, 200, 2000]);
        bool isList = dice.InHundred(50);
        string open = string.Concat(Enumerable.Repeat(isList ? "[" : "{\"a\":", depth));
        return Encoding.ASCII.GetBytes(open + "1" + new string(isList ? ']' : '}', depth));
    }
}
