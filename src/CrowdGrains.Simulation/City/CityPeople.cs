using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// The helpers and customers of a city on a stage. Every decision is drawn from the seed; helpers and customers have streams of their
/// own, so that two policies face the same day. What is over is forgotten, so that a city may live on without end.
/// </summary>
public sealed class CityPeople
{
    private readonly HelperLife _helpers;
    private readonly CustomerLife _customers;

    /// <summary>Makes the helpers; they come with <see cref="Begin"/>.</summary>
    /// <param name="homes">Where helpers live, roughly; at least one.</param>
    /// <param name="end">Until when there are shifts, with a new person for each; null when the same people come back day after day.</param>
    public CityPeople(ICityStage stage, Catalogue catalogue, CityOptions options, IReadOnlyList<LatLng> homes, Instant? end)
    {
        List<Person> people = Crowd.Gather(options.Helpers, options.Seed, catalogue, homes, stage.Now, end, helper => stage.SlotOf(helper));
        OperationCounter operations = new();
        _helpers = new HelperLife(stage, options, catalogue, people, operations) { ComesBack = end is null };
        _customers = new CustomerLife(stage, options, catalogue, _helpers, operations);
    }

    /// <summary>How many shifts have begun so far.</summary>
    public int OnceOnDuty => _helpers.OnceOnDuty;

    public int PositionReports => _helpers.PositionReports;

    /// <summary>Requests that are expected or known and have not ended.</summary>
    public int Open => _customers.Open;

    /// <summary>Everything that is kept of offers, jobs and customers.</summary>
    public int Remembered => _helpers.Jobs + _customers.Remembered;

    /// <summary>The helpers wait for their shifts to begin.</summary>
    public void Begin() => _helpers.Begin();

    /// <summary>A customer will place this order when its time comes.</summary>
    public void Expect(in Order order) => _customers.Expect(order);

    /// <summary>A wake-up that was asked for is due.</summary>
    public void Wake(int who, int what)
    {
        CityWake wake = (CityWake)what;
        if (wake <= CityWake.Finish)
        {
            _helpers.Wake(who, wake);
        }
        else
        {
            _customers.Wake(who, wake);
        }
    }

    /// <summary>
    /// An event was logged. Those of one grain are told in order. Helpers and requests that are none of this city's are somebody else's
    /// to play, but the city's helpers serve every customer.
    /// </summary>
    public void Happened(GrainEvent happened)
    {
        if (happened is OfferMoved offer)
        {
            _helpers.OfferMoved(offer, _customers.Find(offer.Request));
        }
        else
        {
            _customers.Happened(happened);
        }
    }
}
