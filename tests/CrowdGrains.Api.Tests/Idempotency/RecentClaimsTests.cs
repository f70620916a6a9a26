using System.Security.Cryptography;
using CrowdGrains.Api.Idempotency;

namespace CrowdGrains.Api.Tests.Idempotency;

public sealed class RecentClaimsTests
{
    private const long Hour = 3_600_000;
    private const long Now = 500_000 * Hour;

    private readonly RecentClaims _claims = new(TimeSpan.FromHours(24));

    [Fact]
    public void MayHold_IsTrueForAllUntilComplete() => Assert.True(_claims.MayHold(SeedOf(1), Now));

    [Fact]
    public void MayHold_IsTrueForEveryClaimAsLongAsItIsKept()
    {
        _claims.Complete();
        for (int hour = 0; hour <= 24; hour++)
        {
            _claims.Add(SeedOf(hour), Now + hour * Hour);
        }

        for (int hour = 0; hour <= 24; hour++)
        {
            Assert.True(_claims.MayHold(SeedOf(hour), Now + 24 * Hour), $"claimed {24 - hour} h ago");
        }
    }

    [Fact]
    public void MayHold_IsFalseForNearlyAllOthers()
    {
        _claims.Complete();
        for (int i = 0; i < 200_000; i++)
        {
            _claims.Add(SeedOf(i), Now);
        }

        Assert.InRange(Enumerable.Range(200_000, 20_000).Count(i => _claims.MayHold(SeedOf(i), Now)), 0, 20);
    }

    [Fact]
    public void MayHold_ForgetsWhatIsLongOver()
    {
        _claims.Complete();
        _claims.Add(SeedOf(1), Now);

        Assert.False(_claims.MayHold(SeedOf(1), Now + 31 * Hour));
    }

    [Fact]
    public void Add_OfSomethingOldLeavesTheYoungAlone()
    {
        _claims.Complete();
        _claims.Add(SeedOf(1), Now);
        _claims.Add(SeedOf(2), Now - 30 * Hour);

        Assert.True(_claims.MayHold(SeedOf(1), Now));
    }

    private static byte[] SeedOf(int number) => SHA256.HashData(BitConverter.GetBytes(number))[..16];
}
