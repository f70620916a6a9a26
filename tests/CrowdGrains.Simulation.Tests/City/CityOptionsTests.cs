using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class CityOptionsTests
{
    public static TheoryData<CityOptions, string> OutOfRange => new()
    {
        { new CityOptions { Helpers = 0 }, nameof(CityOptions.Helpers) },
        { new CityOptions { Helpers = 200_001 }, nameof(CityOptions.Helpers) },
        { new CityOptions { ReportInterval = TimeSpan.FromMilliseconds(999) }, nameof(CityOptions.ReportInterval) },
        { new CityOptions { ReportInterval = TimeSpan.FromMinutes(11) }, nameof(CityOptions.ReportInterval) },
        { new CityOptions { Afterwards = TimeSpan.FromTicks(-1) }, nameof(CityOptions.Afterwards) },
        { new CityOptions { Afterwards = TimeSpan.FromDays(8) }, nameof(CityOptions.Afterwards) },
    };

    [Fact]
    public void Validate_AcceptsTheDefaults()
    {
        CityOptions options = new();

        Assert.Same(options, options.Validate());
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Validate_NamesTheOptionThatIsOutOfRange(CityOptions options, string name)
    {
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
    }
}
