using CrowdGrains.Core.Requests;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>Who placed an order: how long it waits, and what becomes of it.</summary>
internal sealed class Customer(int number, Order order, RequestId request, int slot, SeededRandom random)
{
    public int Number { get; } = number;

    public Order Order { get; } = order;

    public RequestId Request { get; } = request;

    /// <summary>The slot of the request's grain.</summary>
    public int Slot { get; } = slot;

    public SeededRandom Random { get; } = random;

    /// <summary>After so long without a helper the customer gives up.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromMinutes(random.NextLogNormal(60, 0.6));

    /// <summary>Somebody else submitted the request and decides about it; the city's helpers serve it all the same.</summary>
    public bool IsGuest { get; init; }

    public bool IsServed { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>The problem was resolved.</summary>
    public bool IsPleased { get; set; }
}
