using System.IO.Compression;
using System.Text;
using CrowdGrains.Fuzzer.Chance;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>Damages a body as bytes: cut off, overwritten, doubled, in another encoding.</summary>
internal static class ByteDamage
{
    public static byte[] Apply(byte[] body, Dice dice)
    {
        switch (dice.Below(14))
        {
            case 0:
                return [];
            case 1:
                return body[..dice.Below(body.Length + 1)];
            case 2 or 3:
                byte[] overwritten = [.. body];
                for (int i = dice.Between(1, 4); i > 0 && body.Length > 0; i--)
                {
                    overwritten[dice.Below(body.Length)] = (byte)dice.Next();
                }

                return overwritten;
            case 4:
                return [0xEF, 0xBB, 0xBF, .. body];
            case 5:
                return Encoding.Unicode.GetBytes("\uFEFF" + Encoding.UTF8.GetString(body));
            case 6:
                return [.. body, .. body];
            case 7:
                return [.. body, 0];
            case 8:
                return [.. Encoding.ASCII.GetBytes(new string(' ', dice.Pick<int>([1, 1000, 60_000, 66_000]))), .. body, (byte)'\n'];
            case 9:
                using (MemoryStream packed = new())
                {
                    using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        gzip.Write(body);
                    }

                    return packed.ToArray();
                }

            case 10:
                return dice.Bytes(dice.Between(1, 200));
            case 11:
                return "null"u8.ToArray();
            case 12:
                return new byte[dice.Pick<int>([1, 1024, 65_536, 65_537, 200_000])];
            default:
                int at = dice.Below(body.Length + 1);
                return [.. body[..at], .. dice.Pick<byte[]>([[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0x80], [0x0B], [0x7F], [0xE2, 0x80]]), .. body[at..]];
        }
    }
}
