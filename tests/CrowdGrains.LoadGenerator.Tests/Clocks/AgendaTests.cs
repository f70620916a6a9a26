using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Tests.Clocks;

public sealed class AgendaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Enter_DoesThingsInTheOrderOfTheirTimesAndNotBefore()
    {
        using Agenda agenda = new();
        TaskCompletionSource done = new();
        long now = Agenda.Now;
        List<(int Name, bool IsEarly)> acted = [];
        foreach (int name in (int[])[3, 1, 2])
        {
            agenda.Enter(Agenda.After(now, TimeSpan.FromMilliseconds(20 * name)), intended =>
            {
                acted.Add((name, Agenda.Now < intended));
                if (acted.Count == 3)
                {
                    done.SetResult();
                }
            });
        }

        await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal([(1, false), (2, false), (3, false)], acted);
    }
}
