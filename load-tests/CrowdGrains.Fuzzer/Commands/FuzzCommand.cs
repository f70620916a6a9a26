using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CrowdGrains.Fuzzer.Campaigns;

namespace CrowdGrains.Fuzzer.Commands;

/// <summary>The command line: sends hostile requests to a server, and says what it should not have answered.</summary>
internal static class FuzzCommand
{
    private const int Clean = 0;
    private const int Unusable = 2;
    private const int Found = 3;
    private const int Cancelled = 130;
    private const string KeyVariable = "CROWDGRAINS_ADMIN_KEY";

    private static readonly Option<long> Requests = new("--requests")
    {
        Description = "How many requests.",
        DefaultValueFactory = _ => 300_000,
        Validators = { result => RequireRange(result, 1, long.MaxValue) },
    };

    private static readonly Option<long?> Seed = new("--seed")
    {
        Description = "Names every request. Default: drawn, and printed.",
        Validators = { result => RequireRange(result, 0, long.MaxValue) },
    };

    private static readonly Option<long> First = new("--first")
    {
        Description = "The number of the first request; with --requests 1 it is sent alone.",
        Validators = { result => RequireRange(result, 0, long.MaxValue / 2) },
    };

    private static readonly Option<int> Jobs = new("--jobs")
    {
        Description = "Connections at once, 1 to 256.",
        DefaultValueFactory = _ => 8,
        Validators = { result => RequireRange(result, 1, 256) },
    };

    private static readonly Option<string?> Url = new("--url")
    {
        Description = $"A new server that runs and may be filled with rubbish; its admin key is in {KeyVariable}. Default: a server of its own.",
        Validators = { RequireUrl },
    };

    private static readonly Option<bool> Show = new("--show") { Description = "Prints every request and what it was answered." };

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Sends a CrowdGrains server hostile requests and judges every answer. Exit code 3: something was found.") { Requests, Seed, First, Jobs, Url, Show };
        root.SetAction(FuzzAsync);
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return Cancelled;
        }
    }

    private static async Task<int> FuzzAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ulong seed = (ulong?)parsed.GetValue(Seed) ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        CampaignOptions options = new(seed, parsed.GetValue(Requests), parsed.GetValue(First), parsed.GetValue(Jobs));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, requests {options.First} to {options.First + options.Requests - 1}"));
        Campaign campaign = parsed.GetValue(Url) is { } url
            ? Campaign.Against(new Uri(url), Environment.GetEnvironmentVariable(KeyVariable) ?? throw new InvalidOperationException($"{KeyVariable} names the server's admin key."))
            : await Campaign.StartAsync(cancellation).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable ending = campaign.ConfigureAwait(false);
        campaign.Sampled = sample => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {sample.Sent:#,0} requests, {sample.LiveBytes / 1e6:0.0} MB alive, {sample.ResidentBytes / 1e6:0} MB resident"));
        if (parsed.GetValue(Show))
        {
            campaign.Answered = (request, answer) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {request.Index} {request.What}: {answer.Status}\n  {campaign.Write(request)}"));
        }

        await campaign.RunAsync(options, cancellation).ConfigureAwait(false);
        ReportText.Write(Console.Out, campaign);
        return campaign.Report.IsClean ? Clean : Found;
    }

    private static void RequireRange(OptionResult result, long min, long max)
    {
        if (result.Tokens.Count == 1 && !(long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max))
        {
            result.AddError($"{result.Option.Name} must be {min} to {max}, is {result.Tokens[0].Value}.");
        }
    }

    private static void RequireUrl(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !(Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? url) && url.Scheme == "http"))
        {
            result.AddError($"{result.Option.Name} must be an address such as http://127.0.0.1:5080, is {result.Tokens[0].Value}.");
        }
    }
}
