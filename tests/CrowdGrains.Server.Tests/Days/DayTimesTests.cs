using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Tests.Days;

public sealed class DayTimesTests
{
    [Theory]
    [InlineData("4/30/2014 0:02:00", "2014-04-30T00:02:00")]
    [InlineData("04/12/2018 11:11:26 AM", "2018-04-12T11:11:26")]
    [InlineData("11/13/2018 01:06:56 PM", "2018-11-13T13:06:56")]
    [InlineData("11/13/2018 12:00:00 AM", "2018-11-13T00:00:00")]
    [InlineData("1/2/2018 3:04 pm", "2018-01-02T15:04:00")]
    [InlineData("1/2/2018 13:04", "2018-01-02T13:04:00")]
    [InlineData("2015-01-15 19:05:39", "2015-01-15T19:05:39")]
    [InlineData("2023-06-01 10:20:30.4560000", "2023-06-01T10:20:30.456")]
    [InlineData("2014-04-30T06:00", "2014-04-30T06:00:00")]
    [InlineData("2014-04-30T06:00:01.123", "2014-04-30T06:00:01.123")]
    [InlineData("2014-04-30T06:00:01Z", "2014-04-30T06:00:01")]
    [InlineData("2014-04-30T23:30:00-04:00", "2014-04-30T23:30:00")]
    [InlineData("2014-04-30T00:30:00.5+02:00", "2014-04-30T00:30:00.5")]
    [InlineData("2014/4/3 6:05:04", "2014-04-03T06:05:04")]
    [InlineData("3.4.2014 6:05", "2014-04-03T06:05:00")]
    [InlineData("  4/30/2014 0:02:00 ", "2014-04-30T00:02:00")]
    public void TryRead_GivesTheCitysOwnClock(string text, string expected)
    {
        Assert.True(DayTimes.TryRead(text, out DateTime time, out bool hasTime));
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
        Assert.True(hasTime);
    }

    [Theory]
    [InlineData("2016-06-27")]
    [InlineData("6/27/2016")]
    [InlineData("2016/06/27")]
    [InlineData("27.6.2016")]
    public void TryRead_TellsADateWithoutATime(string text)
    {
        Assert.True(DayTimes.TryRead(text, out DateTime time, out bool hasTime));
        Assert.Equal(new DateTime(2016, 6, 27), time);
        Assert.False(hasTime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2014-13-01")]
    [InlineData("30/4/2014 0:02:00")]
    [InlineData("4/31/2014 0:02:00")]
    [InlineData("4/30/2014 24:00:00")]
    [InlineData("1398816000")]
    [InlineData("0001-01-01")]
    [InlineData("1969-12-31 23:59:59")]
    [InlineData("2201-01-01")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void TryRead_RefusesWhatIsNoTimeOfARecord(string text)
    {
        Assert.False(DayTimes.TryRead(text, out _, out _));
    }
}
