namespace CrowdGrains.Core.Ladder;

/// <summary>An amount in minor units (cents) of an ISO 4217 currency.</summary>
public readonly record struct Money(long Amount, string Currency)
{
    public override string ToString() => $"{(Amount < 0 ? "-" : "")}{Math.Abs(Amount / 100)}.{Math.Abs(Amount % 100):00} {Currency}";
}
