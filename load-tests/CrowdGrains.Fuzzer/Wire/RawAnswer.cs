namespace CrowdGrains.Fuzzer.Wire;

/// <summary>An answer as it came.</summary>
/// <param name="Status">0 when the connection ended without one.</param>
/// <param name="Headers">By name, in any case; the last of a name.</param>
/// <param name="Head">The whole head, for what must not be in it.</param>
/// <param name="IsCut">The body ended early.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Head, byte[] Body, bool IsCut)
{
    public static RawAnswer None { get; } = new(0, new Dictionary<string, string>(), [], [], IsCut: false);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>The type alone.</summary>
    public string MediaType => Header("Content-Type").Split(';')[0].Trim();
}
