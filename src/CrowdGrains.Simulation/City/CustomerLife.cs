using System.Globalization;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>What customers do: submit, wait, give up, cancel while the helper is under way, rate. Each draws from a stream of its own.</summary>
internal sealed class CustomerLife(ICityStage stage, CityOptions options, Catalogue catalogue, HelperLife helpers, OperationCounter operations)
{
    private const double CancelOnTheWayChance = 0.02;
    private const double RatingChance = 0.6;
    private const double PreferenceChance = 0.1;

    /// <summary>So long after its end a request is kept for what is still under way.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(1);

    private readonly Dictionary<int, Customer> _customers = [];
    private readonly Dictionary<RequestId, Customer> _customersById = [];
    private int _count;

    /// <summary>Requests that are expected or known and have not ended.</summary>
    public int Open { get; private set; }

    public int Remembered => _customers.Count;

    public void Expect(in Order order)
    {
        RequestId request = RequestId.From(string.Create(CultureInfo.InvariantCulture, $"{options.RequestPrefix}{_count}"));
        Customer customer = Add(order, request, isGuest: false);
        stage.WakeAt(order.At, customer.Number, (int)CityWake.Submit);
    }

    /// <summary>Null when nothing is known of the request, or no longer.</summary>
    public Customer? Find(RequestId request) => _customersById.GetValueOrDefault(request);

    public void Wake(int who, CityWake what)
    {
        if (!_customers.TryGetValue(who, out Customer? customer))
        {
            return;
        }

        switch (what)
        {
            case CityWake.Submit: Submit(customer); break;
            case CityWake.LosePatience: LosePatience(customer); break;
            case CityWake.CancelOnTheWay: CancelOnTheWay(customer); break;
            case CityWake.Rate: Rate(customer); break;
            case CityWake.Forget: Forget(customer); break;
        }
    }

    public void Happened(GrainEvent happened)
    {
        switch (happened)
        {
            case RequestSubmitted e: Meet(e); break;
            case RequestAssigned e when Find(e.Request) is { } customer: Assigned(customer); break;
            case RequestAborted { IsFinal: false } e when Find(e.Request) is { } customer: customer.IsServed = false; break;
            case RequestWithdrawn { Helper: not null } e when Find(e.Request) is { } customer: customer.IsServed = false; break;
            case RequestVisitUnresolved e when Find(e.Request) is { } customer: customer.IsServed = false; break;
            case RequestCompleted e when Find(e.Request) is { } customer: Completed(customer, e.Resolved); break;
            case RequestCancelled e when Find(e.Request) is { } customer: Ended(customer); break;
            case RequestUnserved e when Find(e.Request) is { } customer: Ended(customer); break;
            case RequestAborted e when Find(e.Request) is { } customer: Ended(customer); break;
        }
    }

    private Customer Add(in Order order, RequestId request, bool isGuest)
    {
        int number = _count++;
        SeededRandom random = new(options.Seed, SeededRandom.Purpose.Customer, number);
        Customer customer = new(number, order, request, stage.SlotOf(request), random) { IsGuest = isGuest };
        _customers.Add(number, customer);
        _customersById.Add(request, customer);
        Open++;
        return customer;
    }

    private void Meet(RequestSubmitted submitted)
    {
        if (!_customersById.ContainsKey(submitted.Request))
        {
            RequestSpec spec = submitted.Spec;
            Add(new Order(stage.Now, spec.Position, spec.Problem, spec.Channel), submitted.Request, isGuest: true);
        }
    }

    private void Submit(Customer customer)
    {
        Order order = customer.Order;
        HelperId? preferred = customer.Random.NextBool(PreferenceChance)
            ? helpers.FindAcquaintance(order.Position, catalogue[order.Problem].Skills[0].Name, customer.Random)
            : null;
        RequestSpec spec = new(
            CustomerId.From(string.Create(CultureInfo.InvariantCulture, $"c{customer.Number}")), order.Problem, [], order.Position, [], null, null, null, preferred, order.Channel, "");
        stage.Send(customer.Request, customer.Slot, new SubmitRequest(operations.Next(), spec));
        stage.WakeAt(stage.Now + customer.Patience, customer.Number, (int)CityWake.LosePatience);
    }

    private void LosePatience(Customer customer)
    {
        if (!customer.IsServed && !customer.HasEnded)
        {
            stage.Send(customer.Request, customer.Slot, new CancelRequest(operations.Next(), "waited too long"));
        }
    }

    private void Assigned(Customer customer)
    {
        customer.IsServed = true;
        if (!customer.IsGuest && customer.Random.NextBool(CancelOnTheWayChance))
        {
            stage.WakeAt(stage.Now + TimeSpan.FromMinutes(customer.Random.NextInt(1, 10)), customer.Number, (int)CityWake.CancelOnTheWay);
        }
    }

    private void CancelOnTheWay(Customer customer)
    {
        if (!customer.HasEnded)
        {
            stage.Send(customer.Request, customer.Slot, new CancelRequest(operations.Next(), "no longer needed"));
        }
    }

    private void Completed(Customer customer, bool isResolved)
    {
        Ended(customer);
        customer.IsPleased = isResolved;
        if (!customer.IsGuest && customer.Random.NextBool(RatingChance))
        {
            stage.WakeAt(stage.Now + TimeSpan.FromMinutes(customer.Random.NextInt(2, 30)), customer.Number, (int)CityWake.Rate);
        }
    }

    private void Rate(Customer customer)
    {
        bool isPleased = customer.IsPleased;
        stage.Send(customer.Request, customer.Slot, new RateRequest(operations.Next(), isPleased ? customer.Random.NextInt(4, 5) : customer.Random.NextInt(1, 3), isPleased));
    }

    private void Ended(Customer customer)
    {
        customer.HasEnded = true;
        Open--;
        stage.WakeAt(stage.Now + Aftermath, customer.Number, (int)CityWake.Forget);
    }

    private void Forget(Customer customer)
    {
        _customers.Remove(customer.Number);
        _customersById.Remove(customer.Request);
    }
}
