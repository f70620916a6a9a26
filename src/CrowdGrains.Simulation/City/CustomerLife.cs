using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>What customers do: submit, wait, give up, cancel while the helper is under way, rate. Each draws from a stream of its own.</summary>
internal sealed class CustomerLife
{
    private const double CancelOnTheWayChance = 0.02;
    private const double RatingChance = 0.6;
    private const double PreferenceChance = 0.1;

    private readonly World _world;
    private readonly Catalogue _catalogue;
    private readonly HelperLife _helpers;
    private readonly OperationCounter _operations;
    private readonly List<Customer> _customers = [];
    private readonly Dictionary<RequestId, int> _customersById = [];

    public CustomerLife(World world, CityOptions options, Catalogue catalogue, IReadOnlyList<Order> orders, HelperLife helpers, OperationCounter operations)
    {
        _world = world;
        _catalogue = catalogue;
        _helpers = helpers;
        _operations = operations;
        for (int i = 0; i < orders.Count; i++)
        {
            RequestId request = RequestId.From($"r{i}");
            _customersById.Add(request, i);
            _customers.Add(new Customer(orders[i], request, world.SlotOf(request), new SeededRandom(options.Seed, SeededRandom.Purpose.Customer, i)));
        }

        Open = orders.Count;
    }

    /// <summary>Requests that have not ended.</summary>
    public int Open { get; private set; }

    public void Begin()
    {
        for (int who = 0; who < _customers.Count; who++)
        {
            _world.WakeAt(_customers[who].Order.At, who, (int)CityWake.Submit);
        }
    }

    public Customer Find(RequestId request) => _customers[_customersById[request]];

    public void Wake(int who, CityWake what)
    {
        switch (what)
        {
            case CityWake.Submit: Submit(who); break;
            case CityWake.LosePatience: LosePatience(_customers[who]); break;
            case CityWake.CancelOnTheWay: CancelOnTheWay(_customers[who]); break;
            case CityWake.Rate: Rate(_customers[who]); break;
        }
    }

    public void Happened(GrainEvent happened)
    {
        switch (happened)
        {
            case RequestAssigned e: Assigned(_customersById[e.Request]); break;
            case RequestAborted { IsFinal: false } e: Find(e.Request).IsServed = false; break;
            case RequestVisitUnresolved e: Find(e.Request).IsServed = false; break;
            case RequestCompleted e: Completed(_customersById[e.Request], e.Resolved); break;
            case RequestCancelled e: Ended(_customersById[e.Request]); break;
            case RequestUnserved e: Ended(_customersById[e.Request]); break;
            case RequestAborted e: Ended(_customersById[e.Request]); break;
        }
    }

    private void Submit(int who)
    {
        Customer customer = _customers[who];
        Order order = customer.Order;
        HelperId? preferred = customer.Random.NextBool(PreferenceChance)
            ? _helpers.FindAcquaintance(order.Position, _catalogue[order.Problem].Skills[0].Name, customer.Random)
            : null;
        RequestSpec spec = new(
            CustomerId.From($"c{who}"), order.Problem, [], order.Position, [], null, null, null, preferred, order.Channel, "");
        _world.Send(customer.Slot, new SubmitRequest(_operations.Next(), spec));
        _world.WakeAt(_world.Now + customer.Patience, who, (int)CityWake.LosePatience);
    }

    private void LosePatience(Customer customer)
    {
        if (!customer.IsServed && !customer.HasEnded)
        {
            _world.Send(customer.Slot, new CancelRequest(_operations.Next(), "waited too long"));
        }
    }

    private void Assigned(int who)
    {
        Customer customer = _customers[who];
        customer.IsServed = true;
        if (customer.Random.NextBool(CancelOnTheWayChance))
        {
            _world.WakeAt(_world.Now + TimeSpan.FromMinutes(customer.Random.NextInt(1, 10)), who, (int)CityWake.CancelOnTheWay);
        }
    }

    private void CancelOnTheWay(Customer customer)
    {
        if (!customer.HasEnded)
        {
            _world.Send(customer.Slot, new CancelRequest(_operations.Next(), "no longer needed"));
        }
    }

    private void Completed(int who, bool isResolved)
    {
        Ended(who);
        _customers[who].IsPleased = isResolved;
        if (_customers[who].Random.NextBool(RatingChance))
        {
            _world.WakeAt(_world.Now + TimeSpan.FromMinutes(_customers[who].Random.NextInt(2, 30)), who, (int)CityWake.Rate);
        }
    }

    private void Rate(Customer customer)
    {
        bool isPleased = customer.IsPleased;
        _world.Send(customer.Slot, new RateRequest(_operations.Next(), isPleased ? customer.Random.NextInt(4, 5) : customer.Random.NextInt(1, 3), isPleased));
    }

    private void Ended(int who)
    {
        _customers[who].HasEnded = true;
        Open--;
    }
}
