using CrowdGrains.Fuzzer.Requests;

namespace CrowdGrains.Fuzzer.Oracle;

/// <summary>Something the server must not do.</summary>
/// <param name="Kind">One word or two: findings of a kind at an endpoint are one.</param>
/// <param name="Request">What brought it about; null when it is nobody's alone.</param>
internal sealed record Finding(string Kind, string Detail, HostileRequest? Request = null)
{
    /// <summary>What is reported once.</summary>
    public string Name => Request is null ? Kind : $"{Kind} at {Request.What}";
}
