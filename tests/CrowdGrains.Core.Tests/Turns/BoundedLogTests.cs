using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class BoundedLogTests
{
    [Fact]
    public void Add_ForgetsTheOldestWhenFull()
    {
        BoundedLog<OperationId, int> log = Filled(new(3), 1, 2, 3, 4);
        Assert.Equal([2, 3, 4], Known(log));
    }

    [Fact]
    public void Add_ForgetsNothingWhenThereIsMoreRoom()
    {
        BoundedLog<OperationId, int> log = Filled(new(5), 1, 2, 3);
        log.Add(Ids.Op("4"), 4, room: 3);
        log.Add(Ids.Op("5"), 5, room: 5);
        log.Add(Ids.Op("6"), 6, room: 5);
        Assert.Equal([2, 3, 4, 5, 6], Known(log));
        log.Add(Ids.Op("7"), 7, room: 5);
        Assert.Equal([3, 4, 5, 6, 7], Known(log));
    }

    [Fact]
    public void Add_KeepsAsManyAsBeforeWhenThereIsLessRoom()
    {
        BoundedLog<OperationId, int> log = Filled(new(5), 1, 2, 3);
        log.Add(Ids.Op("4"), 4, room: 1);
        Assert.Equal([2, 3, 4], Known(log));
    }

    private static BoundedLog<OperationId, int> Filled(BoundedLog<OperationId, int> log, params int[] numbers)
    {
        foreach (int number in numbers)
        {
            log.Add(Ids.Op($"{number}"), number);
        }

        return log;
    }

    private static int[] Known(BoundedLog<OperationId, int> log) =>
        [.. Enumerable.Range(1, 9).Where(number => log.TryFind(Ids.Op($"{number}"), out int value) && value == number)];
}
