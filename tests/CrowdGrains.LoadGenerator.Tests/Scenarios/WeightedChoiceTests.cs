using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Tests.Scenarios;

public sealed class WeightedChoiceTests
{
    [Fact]
    public void Draw_IsInProportionToTheWeights()
    {
        WeightedChoice choice = new([1, 3, 6]);
        Random random = new(1);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++)
        {
            counts[choice.Draw(random)]++;
        }

        Assert.InRange(counts[0], 900, 1100);
        Assert.InRange(counts[1], 2850, 3150);
        Assert.InRange(counts[2], 5850, 6150);
    }

    [Fact]
    public void Draw_IsTheOnlyOneThereIs() => Assert.Equal(0, new WeightedChoice([0.001]).Draw(new Random(1)));
}
