using System.Globalization;
using System.Security.Cryptography;
using CrowdGrains.Fuzzer.Campaigns;
using CrowdGrains.Fuzzer.Commands;

namespace CrowdGrains.Fuzzer.Tests.Campaigns;

/// <summary>The short form of a run: another seed each time, one seed that is known, and requests that were found.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int Requests = 4000;

    [Fact]
    public async Task Run_FindsNothingWithAnySeed()
    {
        ulong seed = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fuzzer --seed {seed} --requests {Requests}"));

        Report report = await RunAsync(seed);

        Assert.Equal(Requests, report.Sent);
        Assert.True(report.BaitOffers > 0, "Nobody was offered what must not be told: the rule was not tried.");
    }

    [Fact]
    public async Task Run_GetsBehindTheFirstCheckOfMostEndpoints()
    {
        Report report = await RunAsync(1);

        // The last steps of a job take more requests than these.
        Assert.True(report.Reached.Count(endpoint => endpoint.Successes > 0) >= report.Reached.Count() * 2 / 3);
    }

    /// <summary>Requests that once found something: a field called "]", and a chunk longer than there are numbers.</summary>
    [Theory]
    [InlineData(11, 5858)]
    [InlineData(12, 4050)]
    public async Task Request_ThatFoundSomethingFindsNothing(ulong seed, long number) => Assert.Equal(1, (await RunAsync(seed, 1, number)).Sent);

    private async Task<Report> RunAsync(ulong seed, long requests = Requests, long first = 0)
    {
        Campaign campaign = await Campaign.StartAsync(TestContext.Current.CancellationToken);
        await using (campaign)
        {
            await campaign.RunAsync(new CampaignOptions(seed, requests, first, Jobs: 4), TestContext.Current.CancellationToken);
            using StringWriter text = new(CultureInfo.InvariantCulture);
            ReportText.Write(text, campaign);
            output.WriteLine(text.ToString());
            Assert.True(campaign.Report.IsClean, text.ToString());
            return campaign.Report;
        }
    }
}
