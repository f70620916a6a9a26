using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>
/// Helpers who only carry out commands after a kill, to see when their grains answer again, and how those do that were not hit. They are registered just before it, and so
/// live spread over the silos by their names; where each lives is not seen from outside, but hardly ever none on the one that dies.
/// </summary>
internal sealed class Probes(Courier courier, Verdict verdict)
{
    private const int Count = 24;

    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);
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

    /// <summary>Has each carry out commands, one after the other, each made again until it is answered; for some seconds, and until all have carried out one.</summary>
    /// <returns>Of each helper how long its commands took, in milliseconds.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<double>>> AnsweredAsync(CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        int missing = _helpers.Length;
        return await Task.WhenAll(_helpers.Select(PulseAsync)).ConfigureAwait(false);

        async Task<IReadOnlyList<double>> PulseAsync(string helper)
        {
            List<double> times = [];
            while (times.Count == 0 || Volatile.Read(ref missing) > 0 || Stopwatch.GetElapsedTime(began) < Watch)
            {
                long asked = Stopwatch.GetTimestamp();
                await ReachAsync(helper, times.Count, cancellation).ConfigureAwait(false);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                if (times.Count == 1)
                {
                    Interlocked.Decrement(ref missing);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }

            return times;
        }
    }

    private async Task ReachAsync(string helper, int number, CancellationToken cancellation)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{helper} was reached {number}");
        Deed reach = Deed.OfHelper("reach", helper, file => file.Names.Contains(name));
        long began = Stopwatch.GetTimestamp();
        while (await courier.TellAsync(reach, null, (client, options, token) => client.Helpers.PatchAsync(helper, new HelperPatch { Name = name }, options, token), cancellation).ConfigureAwait(false) is null)
        {
            verdict.Require(Stopwatch.GetElapsedTime(began) < Longest, "grain-comes-back", helper, () => $"it has not answered for {Longest.TotalSeconds} s");
            await Task.Delay(Again, cancellation).ConfigureAwait(false);
        }
    }
}
