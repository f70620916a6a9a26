using CrowdGrains.Core.Offers;

namespace CrowdGrains.Simulation.City;

/// <summary>An offer on a person's device, and the job it becomes.</summary>
internal sealed class Job(int number, Person person, OfferId offer, Customer customer)
{
    public int Number { get; } = number;

    public Person Person { get; } = person;

    public OfferId Offer { get; } = offer;

    public Customer Customer { get; } = customer;

    /// <summary>The person is bound to the job.</summary>
    public bool IsConfirmed { get; set; }
}
