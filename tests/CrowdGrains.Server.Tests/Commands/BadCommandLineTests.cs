namespace CrowdGrains.Server.Tests.Commands;

/// <summary>Whatever is wrong with the command line or a file: an exit code, a sentence that names the culprit, no stack trace, no file.</summary>
public sealed class BadCommandLineTests : IDisposable
{
    private const int Usage = 1;
    private const int Input = 2;

    private readonly TempFolder _folder = new();

    /// <summary>The arguments in one text; "@" is the folder of the test.</summary>
    public static TheoryData<string, int, string> Wrong => new()
    {
        { "fly", Usage, "fly" },
        { "simulate --fast", Usage, "--fast" },
        { "simulate --policy fastest", Usage, "--policy must be one of nearest, score, is fastest" },
        { "simulate --helpers 0", Usage, "--helpers must be 1 to 200000, is 0" },
        { "simulate --helpers 200001", Usage, "--helpers must be 1 to 200000, is 200001" },
        { "simulate --helpers abc", Usage, "--helpers must be 1 to 200000, is abc" },
        { "simulate --helpers 1.5", Usage, "--helpers" },
        { "simulate --helpers", Usage, "--helpers" },
        { "simulate --seed -1", Usage, "--seed" },
        { "simulate --scale 1,5", Usage, "--scale must be 0.001 to 100, is 1,5" },
        { "simulate --scale NaN", Usage, "--scale must be 0.001 to 100, is NaN" },
        { "simulate --city atlantis", Input, "--city atlantis" },
        { "simulate --city @", Input, "--city" },
        { "simulate --city ''", Input, "--city" },
        { "simulate --city @/notes.txt", Input, "notes.txt" },
        { "simulate --city @/large.json --scale 100", Input, "--scale: a day would have more than 5000000 requests" },
        { "simulate --catalogue @/none.json", Input, "none.json" },
        { "simulate --catalogue @/notes.txt", Input, "notes.txt: The service catalogue is not valid.\n/: is not JSON: line 1, byte 1" },
        { "simulate --catalogue @/broken.json", Input, "broken.json: The service catalogue is not valid.\n/version: must be a whole number" },
        { "simulate --report @/none/out.html", Input, "--report: the folder" },
        { "simulate --json @", Input, "--json" },
        { "simulate --compare nearest,fastest", Usage, "\"fastest\"" },
        { "simulate --compare score,score", Usage, "--compare needs at least two policies" },
        { "simulate --compare nearest,score --seeds 1", Usage, "--seeds must be 2 to 1000, is 1" },
        { "simulate --compare nearest,score --report @/out.html", Input, "--report" },
        { "replay", Usage, "DAY.csv" },
        { "replay @/none.csv", Input, "none.csv" },
        { "replay @", Input, "is a folder" },
        { "replay @/notes.txt", Input, "notes.txt: No column for the time" },
        { "replay @/empty.csv", Input, "empty.csv: the file is empty" },
        { "replay @/binary.csv", Input, "binary.csv: is not a text file" },
        { "replay @/cut.csv.gz", Input, "cut.csv.gz: cannot be read" },
        { "replay @/day.csv --from 2014-05-01 --to 2014-04-30", Usage, "--from must be before --to" },
        { "replay @/day.csv --from 30.04", Usage, "--from must be a date, or a date and a time, is 30.04" },
        { "replay @/day.csv --to 2014-13-01", Usage, "--to must be a date" },
        { "replay @/day.csv --from 2015-01-01", Input, "day.csv: no row can be used: 1 × outside --from and --to" },
        { "replay @/day.csv --time-column when", Input, "--time-column: the file has no column \"when\"" },
        { "replay @/day.csv --report @/none/out.html", Input, "--report: the folder" },
        { "replay @/day.csv --report @/day.csv", Input, "one file is named for two purposes" },
        { "simulate --report @/out --json @/out", Input, "one file is named for two purposes" },
        { "profile @/days.csv @/city.json", Input, "days.csv: holds more than one day" },
        { "replay @/day.csv extra", Usage, "extra" },
        { "profile @/day.csv", Usage, "PROFILE.json" },
        { "profile @/day.csv @/none/city.json", Input, "city.json: cannot be written" },
        { "profile @/empty.csv @/city.json", Input, "empty.csv: the file is empty" },
        { "check --seeds 0", Usage, "--seeds must be 1 to 10000000, is 0" },
        { "check --seed -1", Usage, "--seed" },
        { "check --jobs 0", Usage, "--jobs must be 1 to 256, is 0" },
        { "serve --presence-lease 4", Usage, "--presence-lease must be 5 to 43200, is 4" },
        { "serve --presence-lease soon", Usage, "--presence-lease must be 5 to 43200, is soon" },
        { "serve --calls-per-second 0", Usage, "--calls-per-second must be 1 to 1000000, is 0" },
        { "serve --calls-per-second 1.5", Usage, "--calls-per-second" },
        { "serve --allow-private-webhooks perhaps", Usage, "perhaps" },
        { "backup", Usage, "FILE" },
        { "backup --data @/none @/out.db", Input, "none holds no store" },
        { "restore --data @/new", Usage, "FILE" },
        { "restore @/none.db --data @/new", Input, "none.db does not exist" },
        { "restore @/notes.txt --data @/new", Input, "notes.txt is not a database" },
        { "restore @ --data @/new", Input, "is a folder" },
        { "export", Usage, "FILE" },
        { "export --data @/none @/out", Input, "none holds no store" },
        { "export --data @/none --postgres Host=h @/out", Usage, "--data and --postgres name two stores" },
        { "export --postgres Hurst=h @/out", Input, "connection string" },
        { "export --postgres Host=127.0.0.1;Port=1;Timeout=2 @/out", Input, "cannot be reached" },
        { "profile @/day.csv @/city.json --resolution 4", Usage, "--resolution must be 5 to 10, is 4" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Run_EndsWithACodeAndASentence(string arguments, int exitCode, string culprit)
    {
        _folder.Write("notes.txt", "Somebody wrote this, and it is about nothing.\n");
        _folder.Write("broken.json", "{\"version\": 0}");
        _folder.Write("large.json", $$"""{"name":"x","source":"","date":"2014-04-30","cells":[{"cell":"882a1000a3fffff","byHour":[{{string.Join(',', Enumerable.Repeat("3000", 24))}}]}]}""");
        _folder.Write("empty.csv", "");
        _folder.Write("binary.csv", [0x89, .. "PNG\r\n\x1a\n\0\0\0\rIHDR"u8]);
        _folder.Write("cut.csv.gz", TempFolder.Gzip("Date/Time,Lat,Lon\n4/30/2014 0:02:00,40.7,-73.9\n")[..^4]);
        _folder.Write("day.csv", "Date/Time,Lat,Lon\n4/30/2014 0:02:00,40.7,-73.9\n");
        _folder.Write("days.csv", "Date/Time,Lat,Lon\n4/29/2014 23:02:00,40.7,-73.9\n4/30/2014 0:02:00,40.7,-73.9\n");
        string[] before = [.. _folder.Files];

        Ended ended = await CommandLine.Run(
            [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Trim('\'').Replace("@", _folder.Path, StringComparison.Ordinal))]);

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(culprit, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files);
    }

    [Fact]
    public async Task Replay_RefusesAPipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names a pipe as Linux does");
        Ended ended = await CommandLine.Run("Date/Time,Lat,Lon\n4/30/2014 0:02:00,40.7,-73.9\n", ["replay", "/dev/stdin"]);

        Assert.Equal((Input, "/dev/stdin: is a pipe or a device, not a file."), (ended.ExitCode, ended.Error.Trim()));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("replay --help")]
    [InlineData("simulate --help")]
    [InlineData("profile --help")]
    [InlineData("backup --help")]
    [InlineData("restore --help")]
    [InlineData("export --help")]
    public async Task Help_IsNoError(string arguments)
    {
        Ended ended = await CommandLine.Run(arguments.Split(' '));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("Usage:", ended.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
