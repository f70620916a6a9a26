using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Tests.Days;

public sealed class DayReaderTests
{
    private const string Header = "Date/Time,Lat,Lon,Base\n";
    private const string Row = "4/30/2014 0:02:00,40.7685,-73.9581,B02512\n";

    private static readonly DayQuery Whole = new(null, null, null, null, null, null, 1);

    [Theory]
    [InlineData("\"Date/Time\",\"Lat\",\"Lon\",\"Base\"\n\"4/30/2014 8:05:00\",40.75,-73.98,\"B02512\"\n", null)]
    [InlineData("VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,pickup_longitude,pickup_latitude\n2,2014-04-30 08:05:00,2014-04-30 08:25:00,1,-73.98,40.75\n", null)]
    [InlineData("VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Pickup_longitude,Pickup_latitude,Dropoff_longitude,Dropoff_latitude\n2,2014-04-30 08:05:00,2014-04-30 08:25:00,-73.98,40.75,-73,40,\n", null)]
    [InlineData("ServiceRequestNum,SRType,MethodReceived,CreatedDate,DueDate,Latitude,Longitude\n18-1,SW-Dirty Alley,Phone,04/30/2014 08:05:00 AM,05/30/2014 08:05:00 AM,40.75,-73.98\n", "SW-Dirty Alley")]
    [InlineData("Unique Key,Created Date,Closed Date,Agency,Complaint Type,X Coordinate (State Plane),Latitude,Longitude,Location\n1,04/30/2014 08:05:00 AM,,DOT,Street Light,98,40.75,-73.98,\"(40.75, -73.98)\"\n", "Street Light")]
    [InlineData("unique_key,created_date,complaint_type,latitude,longitude\n1,2014-04-30T08:05:00.000,Noise,40.75,-73.98\n", "Noise")]
    [InlineData("service_request_id,requested_datetime,service_name,lat,long\n1,2014-04-30T08:05:00Z,Graffiti,40.75,-73.98\n", "Graffiti")]
    [InlineData("ride_id,started_at,ended_at,start_lat,start_lng,end_lat,end_lng\n1,2014-04-30 08:05:00.000,x,40.75,-73.98,1,2\n", null)]
    [InlineData("x,y,timestamp,problem\n-73.98,40.75,2014/4/30 8:05:00,lift-stopped\n", "lift-stopped")]
    public void Read_FindsTheColumnsOfKnownFiles(string text, string? type)
    {
        Day day = Read(text);

        DayRow row = Assert.Single(day.Rows);
        Assert.Equal("2014-04-30T08:05:00.000Z", row.At.ToString());
        Assert.Equal((40.75, -73.98, type), (row.Position.Lat, row.Position.Lng, row.Type));
        Assert.Empty(day.Skipped);
    }

    [Fact]
    public void Read_TakesSwissMetres()
    {
        Day day = Read("date,year,service_code,e,n\n2016-06-27,2016,Brunnen/Hydranten,2600000,1200000\n2016-06-27,2016,Abfall,47.4,8.5\n");

        DayRow row = Assert.Single(day.Rows);
        Assert.Equal(46.951, row.Position.Lat, 0.0001);
        Assert.Equal(7.4386, row.Position.Lng, 0.0001);
        Assert.Equal("Brunnen/Hydranten", row.Type);
        Assert.Equal(PositionFormat.SwissMeters, day.Columns.Format);
        AssertSkipped(day, ("\"e\" and \"n\" are not LV95 metres", 1, [3]));
    }

    [Theory]
    [InlineData("Date/Time;Lat;Lon\n4/30/2014 0:02:00;40.7;-73.9\n")]
    [InlineData("Date/Time\tLat\tLon\n4/30/2014 0:02:00\t40.7\t-73.9\n")]
    [InlineData("Date/Time,Lat,Lon\r\n4/30/2014 0:02:00,40.7,-73.9\r\n")]
    [InlineData("Date/Time,Lat,Lon\n4/30/2014 0:02:00,40.7,-73.9")]
    [InlineData("Date/Time,Lat,Lon\n\n4/30/2014 0:02:00,40.7,-73.9\n\n\n")]
    [InlineData(" Date/Time , LAT , lon \n4/30/2014 0:02:00, 40.7 , -73.9 \n")]
    [InlineData("Date/Time,note,Lat,Lon\n4/30/2014 0:02:00,\"two\r\nlines, \"\"quoted\"\"\",40.7,-73.9\n")]
    [InlineData("Date/Time,Lat,Lon\n4/30/2014 0:02:00,40.7,-73.9,more,than,the,header\n")]
    public void Read_TakesTheFormsOfCsv(string text)
    {
        Day day = Read(text);

        Assert.Equal((1, 1), (day.Rows.Count, day.RowsRead));
        Assert.Equal((40.7, -73.9), (day.Rows[0].Position.Lat, day.Rows[0].Position.Lng));
    }

    [Fact]
    public void Read_SkipsBadRowsAndSaysWhereAndWhy()
    {
        Day day = Read(
            Header
            + Row
            + "4/30/2014 0:03:00,400,-73.9581,B\n"          // line 3
            + "4/30/2014 0:04:00,40.7,NaN,B\n"
            + ",40.7,-73.9,B\n"                             // 5
            + "4/30/2014 0:05:00,40.7\n"                    // 6
            + "4/30/2014 0:06:00,0,0,B\n"
            + "4/30/2014 0:06:00,0.0,-0.0,B\n"              // 8
            + "not a time,40.7,-73.9,B\n"
            + "4/30/2014 0:07:00,forty,-73.9,B\n"           // 10
            + "4/30/2014 0:07:00,\"a\nb\",-73.9,B\n"        // 11 and 12
            + "4/30/2014 0:08:00,40.7,-200,B\n"             // 13
            + "4/30/2014 0:09:00,Infinity,-73.9,B\n"
            + "4/30/2014 0:09:00,,,B\n"                     // 15
            + Row);

        Assert.Equal((2, 15 - 1), (day.Rows.Count, day.RowsRead));
        AssertSkipped(
            day,
            ("\"Date/Time\" is not a date and time", 2, [5, 9]),
            ("\"Lat\" is not −90 to 90", 2, [3, 14]),
            ("\"Lat\" or \"Lon\" is not a number", 3, [10, 11, 15]),
            ("\"Lon\" is not −180 to 180", 2, [4, 13]),
            ("fewer than the header's 4 fields", 1, [6]),
            ("the position is 0, 0: unknown", 2, [7, 8]));
    }

    [Fact]
    public void Read_NamesTheFirstTenLinesOfAReason()
    {
        Day day = Read(Header + Row + string.Concat(Enumerable.Repeat("x,1,1,B\n", 25)));

        AssertSkipped(day, ("\"Date/Time\" is not a date and time", 25, [.. Enumerable.Range(3, 10)]));
    }

    [Fact]
    public void Read_UsesRowsFromATimeUntilBeforeAnother()
    {
        string text = Header + string.Concat(Enumerable.Range(0, 24).Select(hour => $"4/30/2014 {hour}:00:00,40.7,-73.9,B\n"));
        Day day = Read(text, Whole with { From = new DateTime(2014, 4, 30, 6, 0, 0), To = new DateTime(2014, 4, 30, 9, 0, 0) });

        Assert.Equal([6, 7, 8], day.Rows.Select(row => row.At.ToDateTimeOffset().Hour));
        AssertSkipped(day, ("outside --from and --to", 21, [2, 3, 4, 5, 6, 7, 11, 12, 13, 14]));
    }

    [Fact]
    public void Read_SortsRowsAndSaysSo()
    {
        Day sorted = Read(Header + Row + "4/30/2014 0:03:00,1,1,B\n");
        Day unsorted = Read(Header + "4/30/2014 0:03:00,1,1,B\n4/30/2014 0:01:00,2,2,B\n4/30/2014 0:01:00,3,3,B\n");

        Assert.False(sorted.WasSorted);
        Assert.True(unsorted.WasSorted);
        Assert.Equal([2.0, 3.0, 1.0], unsorted.Rows.Select(row => row.Position.Lat));
    }

    [Fact]
    public void Read_SpreadsDatesWithoutATimeOverTheDay()
    {
        string text = "date,lat,lon\n" + string.Concat(Enumerable.Repeat("2016-06-27,47.4,8.5\n", 2000));
        Day day = Read(text);

        Assert.Equal(2000, day.SpreadRows);
        Assert.All(day.Rows, row => Assert.Equal(new DateTime(2016, 6, 27), row.At.ToDateTimeOffset().Date));
        Assert.All(Enumerable.Range(0, 24), hour => Assert.InRange(day.Rows.Count(row => row.At.ToDateTimeOffset().Hour == hour), 40, 130));
        Assert.Equal(day.Rows, Read(text).Rows);
        Assert.NotEqual(day.Rows, Read(text, Whole with { Seed = 2 }).Rows);
    }

    /// <summary>A part of a day takes the rows whose drawn time falls into it, not all of the day or none.</summary>
    [Fact]
    public void Read_UsesDatesWithoutATimeWhoseDrawnTimeIsAskedFor()
    {
        string text = "date,lat,lon\n" + string.Concat(Enumerable.Repeat("2016-06-27,47.4,8.5\n", 2000)) + "2016-06-26,1,1\n2016-06-28,1,1\n";
        Day day = Read(text, Whole with { From = new DateTime(2016, 6, 27, 6, 0, 0), To = new DateTime(2016, 6, 27, 12, 0, 0) });

        Assert.InRange(day.Rows.Count, 400, 600);
        Assert.Equal(day.Rows.Count, day.SpreadRows);
        Assert.All(day.Rows, row => Assert.InRange(row.At.ToDateTimeOffset().Hour, 6, 11));
        Assert.Equal(2002 - day.Rows.Count, Assert.Single(day.Skipped).Count);
    }

    [Fact]
    public void Read_TakesTheColumnsThatAreNamed()
    {
        const string Text = "time,lat,lon,type,asked at,n,w,kind\n4/30/2014 1:00,1,1,a,4/30/2014 2:00,40.7,-73.9,b\n";
        DayRow row = Assert.Single(Read(Text, new DayQuery(null, null, "Asked At", "n", "w", "KIND", 1)).Rows);

        Assert.Equal(2, row.At.ToDateTimeOffset().Hour);
        Assert.Equal((40.7, -73.9, "b"), (row.Position.Lat, row.Position.Lng, row.Type));
    }

    [Fact]
    public void Read_HasNoKindWhereTheFieldIsEmpty()
    {
        Assert.Equal([null, "a"], Read("time,lat,lon,type\n4/30/2014 1:00,1,1,\n4/30/2014 1:00,1,1,a\n").Rows.Select(row => row.Type));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n", "the file is empty")]
    [InlineData(",,\n", "the file is empty")]
    [InlineData("Date/Time,Lat,Lon\n", "it has a header and no rows")]
    [InlineData("a\0b,Lat,Lon\n", "not a CSV file")]
    [InlineData("Lat,Lon\n1,2\n", "No column for the time was found among \"Lat\", \"Lon\". Name it with --time-column.")]
    [InlineData("time,Lon\n1,2\n", "--lat-column")]
    [InlineData("time,Lat\n1,2\n", "--lng-column")]
    [InlineData("time,lat,lon\nx,1,2\ny,1,2\n2014-04-30 1:00,100,2\n", "no row can be used: 1 × \"lat\" is not −90 to 90; 2 × \"time\" is not a date and time.")]
    [InlineData("time,lat,lon\n2014-04-01 1:00,1,2\n2014-04-10 1:00,1,2\n", "the rows span 9 days")]
    public void Read_RefusesAFileThatCannotBeUsedAndSaysWhy(string text, string reason)
    {
        Assert.Contains(reason, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("when", null, null, null, "--time-column: the file has no column \"when\"; it has \"Date/Time\", \"Lat\", \"Lon\", \"Base\"")]
    [InlineData(null, "north", null, null, "--lat-column: the file has no column \"north\"")]
    [InlineData(null, null, "east", null, "--lng-column: the file has no column \"east\"")]
    [InlineData(null, null, null, "kind", "--type-column: the file has no column \"kind\"")]
    public void Read_SaysWhichNamedColumnIsNotThere(string? time, string? lat, string? lng, string? type, string reason)
    {
        InputException fault = Assert.Throws<InputException>(() => Read(Header + Row, new DayQuery(null, null, time, lat, lng, type, 1)));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TakesADayOfEightDaysAndNoMore()
    {
        const string Text = "time,lat,lon\n2014-04-01 1:00:00,1,2\n2014-04-09 1:00:00,1,2\n";

        Assert.Equal(2, Read(Text).Rows.Count);
        Assert.Throws<InputException>(() => Read(Text + "2014-04-09 1:00:01,1,2\n"));
    }

    private static Day Read(string text, DayQuery? query = null)
    {
        using StringReader reader = new(text);
        return DayReader.Read(reader, query ?? Whole);
    }

    private static void AssertSkipped(Day day, params (string Reason, int Count, int[] Lines)[] expected)
    {
        Assert.Equal(
            expected.Select(entry => $"{entry.Count} × {entry.Reason}: {string.Join(' ', entry.Lines)}"),
            day.Skipped.Select(entry => $"{entry.Count} × {entry.Reason}: {string.Join(' ', entry.Lines)}"));
    }
}
