using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>
/// Helpers who only carry out a command after a kill, to see when their grains answer again. They are registered just before it, and so
/// live spread over the silos by their names; where each lives is not seen from outside, but hardly ever none on the one that dies.
/// </summary>
internal sealed class Probes(Courier courier, Verdict verdict)
{
    private const int Count = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private int _rounds;
    private string[] _helpers = [];

    public async Task RegisterAsync(CancellationToken cancellation)
    {
        int round = ++_rounds;
        _helpers = [.. Enumerable.Range(1, Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"probe{round}-{number}"))];
        await Task.WhenAll(_helpers.Select(helper =>
        {
            HelperRegistration registration = new() { Id = helper, Name = helper, Tier = Tier.Friend, Skills = [new Skill("router", 1)], Languages = ["en"], RadiusMeters = 100 };
            return courier.TellAsync(
                Deed.OfHelper("register", helper, file => file.Had("helper.registered")), courier.Ledger.NextKey(),
                (client, options, token) => client.Helpers.CreateAsync(registration, options, token), cancellation);
        })).ConfigureAwait(false);
    }

    /// <summary>Has each carry out a command, made again until it is answered.</summary>
    /// <returns>How long the slowest took.</returns>
    public async Task<TimeSpan> AnsweredAsync(CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(_helpers.Select(helper => ReachAsync(helper, cancellation))).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task ReachAsync(string helper, CancellationToken cancellation)
    {
        string name = helper + " was reached";
        Deed reach = Deed.OfHelper("reach", helper, file => file.Names.Contains(name));
        long began = Stopwatch.GetTimestamp();
        while (await courier.TellAsync(reach, null, (client, options, token) => client.Helpers.PatchAsync(helper, new HelperPatch { Name = name }, options, token), cancellation).ConfigureAwait(false) is null)
        {
            verdict.Require(Stopwatch.GetElapsedTime(began) < Longest, "grain-comes-back", helper, () => $"it has not answered for {Longest.TotalSeconds} s");
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }
}
