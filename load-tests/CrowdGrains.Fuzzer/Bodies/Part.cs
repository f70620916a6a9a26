using System.Buffers;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>A piece of JSON that may be wrong in any way: names and values are bytes, names may be there twice.</summary>
internal abstract class Part
{
    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> output = new();
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    public abstract void Write(IBufferWriter<byte> output);
}

/// <summary>Bytes as they are.</summary>
internal sealed class RawPart(byte[] bytes) : Part
{
    public override void Write(IBufferWriter<byte> output) => output.Write(bytes);
}

internal sealed class ListPart : Part
{
    public List<Part> Items { get; } = [];

    public override void Write(IBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (int i = 0; i < Items.Count; i++)
        {
            output.Write(i > 0 ? ","u8 : []);
            Items[i].Write(output);
        }

        output.Write("]"u8);
    }
}

internal sealed class ObjectPart : Part
{
    /// <summary>Names with their quotation marks.</summary>
    public List<(byte[] Name, Part Value)> Members { get; } = [];

    public override void Write(IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        for (int i = 0; i < Members.Count; i++)
        {
            output.Write(i > 0 ? ","u8 : []);
            output.Write(Members[i].Name);
            output.Write(":"u8);
            Members[i].Value.Write(output);
        }

        output.Write("}"u8);
    }
}
