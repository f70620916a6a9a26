using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Requests;

/// <summary>How the bytes of a request go out.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>The body as chunks.</summary>
    Chunked,

    /// <summary>The body in a few pieces with pauses.</summary>
    Slow,

    /// <summary>The head promises more than comes before the connection is closed for writing.</summary>
    Truncated,
}

/// <summary>A request, byte for byte.</summary>
/// <param name="Index">Its number in the run: seed and number name it for good.</param>
/// <param name="What">The endpoint it is aimed at, and how.</param>
/// <param name="Headers">In order, without those of the body's length; values may be bytes of any kind, as Latin-1.</param>
/// <param name="IsHttp">False when a web server need not understand it, and may answer without a body.</param>
internal sealed record HostileRequest(
    long Index, string What, Identity Identity, string Method, string Target, string Version, IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body, Delivery Delivery, bool IsHttp)
{
    public bool IsHead => Method == "HEAD";

    /// <summary>An answer without an end is expected.</summary>
    public bool AsksForStream => Headers.Any(header => header.Value.Contains("event-stream", StringComparison.Ordinal));
}
