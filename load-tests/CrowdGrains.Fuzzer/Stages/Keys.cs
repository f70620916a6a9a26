namespace CrowdGrains.Fuzzer.Stages;

/// <summary>The secrets of a run.</summary>
internal sealed class Keys(IReadOnlyDictionary<Identity, string> secrets, string idempotencyToken)
{
    /// <summary>What every Idempotency-Key of the run begins with, and nothing else.</summary>
    public string IdempotencyToken { get; } = idempotencyToken;

    public IEnumerable<string> All => secrets.Values;

    public string Secret(Identity identity) => secrets[identity];
}
