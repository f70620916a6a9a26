using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// A city and its people over the production rules: helpers who come on duty, move, answer offers, drive, fix, abort now and then;
/// customers who submit, wait, give up and rate. Every decision is drawn from the seed; customers and visits have streams of their own,
/// so that two policies face the same day.
/// </summary>
public sealed class CityLife : IPopulation
{
    private const double NoAnswerChance = 0.05;
    private const double NoShowChance = 0.004;
    private const double AbortChance = 0.01;
    private const double CancelOnTheWayChance = 0.02;
    private const double RatingChance = 0.6;
    private const double PreferenceChance = 0.1;
    private const int WanderMeters = 300;

    private readonly CityOptions _options;
    private readonly Catalogue _catalogue;
    private readonly CityTravelTime _travel = new();
    private readonly KpiCollector _kpis = new(parentResolution: 6);
    private readonly List<Person> _people;
    private readonly List<Customer> _customers = [];
    private readonly List<Job> _jobs = [];
    private readonly Dictionary<HelperId, int> _peopleById = [];
    private readonly Dictionary<RequestId, int> _customersById = [];
    private readonly Dictionary<OfferId, int> _jobsById = [];
    private readonly Instant _end;
    private long _operations;
    private int _open;

    /// <param name="orders">The day of demand, by time; at least one.</param>
    /// <exception cref="ArgumentException">There is no order, or they are not in order of time.</exception>
    public CityLife(DispatchRules rules, IReadOnlyList<Order> orders, CityOptions options)
    {
        if (orders.Count == 0)
        {
            throw new ArgumentException("needs at least one order", nameof(orders));
        }

        _options = options.Validate();
        _catalogue = rules.Catalogue;
        Instant firstHour = new(orders[0].At.UnixMilliseconds / 3_600_000 * 3_600_000);
        Start = firstHour - TimeSpan.FromMinutes(10);
        LastOrder = orders[^1].At;
        _end = LastOrder + options.Afterwards;
        World = new World(rules, options.Seed, Start);
        LatLng[] homes = [.. orders.Select(order => order.Position)];
        _people = Crowd.Gather(options.Helpers, options.Seed, rules.Catalogue, homes, Start, _end, helper => World.SlotOf(helper));
        for (int i = 0; i < _people.Count; i++)
        {
            _peopleById.Add(_people[i].Id, i);
            World.WakeAt(_people[i].ShiftStart + TimeSpan.FromMilliseconds(_people[i].Random.NextInt(15_000)), i, (int)Wakes.StartShift);
        }

        for (int i = 0; i < orders.Count; i++)
        {
            if (i > 0 && orders[i].At < orders[i - 1].At)
            {
                throw new ArgumentException("must be in order of time", nameof(orders));
            }

            RequestId request = RequestId.From($"r{i}");
            _customersById.Add(request, i);
            _customers.Add(new Customer(orders[i], request, World.SlotOf(request), new SeededRandom(options.Seed, SeededRandom.Purpose.Customer, i)));
            World.WakeAt(orders[i].At, i, (int)Wakes.Submit);
        }

        _open = orders.Count;
    }

    private enum Wakes
    {
        StartShift,
        GoOnline,
        EndShift,
        ReportPosition,
        Wander,
        AnswerOffer,
        SetOut,
        GiveUpTrip,
        Arrive,
        Finish,
        Submit,
        LosePatience,
        CancelOnTheWay,
        Rate,
    }

    public World World { get; }

    public KpiCollector Kpis => _kpis;

    /// <summary>Virtual time begins here, ten minutes before the hour of the first order, so that the crowd is on duty by then.</summary>
    public Instant Start { get; }

    public Instant LastOrder { get; }

    /// <summary>How many people the crowd has, all shifts together.</summary>
    public int People => _people.Count;

    public int PositionReports { get; private set; }

    /// <summary>Requests that have not ended.</summary>
    public int Open => _open;

    /// <summary>Lives until every request has ended and the last shift of the day is over, or until the end of the time afterwards.</summary>
    /// <param name="progress">Called now and then with the virtual time.</param>
    public void Run(Action<Instant>? progress = null)
    {
        TimeSpan step = TimeSpan.FromMinutes(5);
        Instant dayEnd = LastOrder;
        for (Instant until = Start + step; World.Now < _end && (_open > 0 || World.Now < dayEnd); until += step)
        {
            World.RunUntil(Instant.Earlier(until, _end), this);
            progress?.Invoke(World.Now);
        }
    }

    void IPopulation.Wake(int who, int what)
    {
        switch ((Wakes)what)
        {
            case Wakes.StartShift: StartShift(who); break;
            case Wakes.GoOnline: GoOnline(_people[who]); break;
            case Wakes.EndShift: EndShift(_people[who]); break;
            case Wakes.ReportPosition: ReportPosition(who); break;
            case Wakes.Wander: Wander(who); break;
            case Wakes.AnswerOffer: AnswerOffer(_jobs[who]); break;
            case Wakes.SetOut: SetOut(who); break;
            case Wakes.GiveUpTrip: GiveUpTrip(_jobs[who]); break;
            case Wakes.Arrive: Arrive(who); break;
            case Wakes.Finish: Finish(_jobs[who]); break;
            case Wakes.Submit: Submit(who); break;
            case Wakes.LosePatience: LosePatience(_customers[who]); break;
            case Wakes.CancelOnTheWay: CancelOnTheWay(_customers[who]); break;
            case Wakes.Rate: Rate(_customers[who]); break;
        }
    }

    void IPopulation.Happened(GrainId grain, long sequence, GrainEvent happened)
    {
        _kpis.Observe(World.Now, happened);
        switch (happened)
        {
            case OfferMoved { Step: OfferStep.Issued } e: Receive(e); break;
            case OfferMoved { Step: OfferStep.Confirmed } e: Confirmed(e); break;
            case OfferMoved { Step: OfferStep.Released } e: Released(_jobs[_jobsById[e.Offer]]); break;
            case OfferMoved { Step: OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn } e: _jobs[_jobsById[e.Offer]].IsOver = true; break;
            case RequestAssigned e: Assigned(_customersById[e.Request]); break;
            case RequestAborted { IsFinal: false } e: _customers[_customersById[e.Request]].IsServed = false; break;
            case RequestVisitUnresolved e: _customers[_customersById[e.Request]].IsServed = false; break;
            case RequestCompleted e: Completed(_customersById[e.Request]); break;
            case RequestCancelled or RequestUnserved or RequestAborted: Ended(_customersById[RequestId.From(grain.Name)]); break;
        }
    }

    void IPopulation.Answered(OperationId operation, Answer answer)
    {
        // People look at their screens: what counts has come as an event.
    }

    private void StartShift(int who)
    {
        Person person = _people[who];
        person.IsOnDuty = true;
        World.Send(person.Slot, new RegisterHelper(NextOperation(), person.Profile));
        World.WakeAt(World.Now + TimeSpan.FromSeconds(1), who, (int)Wakes.GoOnline);
        World.WakeAt(person.ShiftEnd, who, (int)Wakes.EndShift);
        World.WakeAt(World.Now + TimeSpan.FromMilliseconds(person.Random.NextInt((int)_options.ReportInterval.TotalMilliseconds)), who, (int)Wakes.ReportPosition);
        World.WakeAt(World.Now + TimeSpan.FromMinutes(person.Random.NextInt(2, 15)), who, (int)Wakes.Wander);
    }

    private void GoOnline(Person person) => World.Send(person.Slot, new GoOnline(NextOperation(), person.Home, person.ShiftEnd));

    private void EndShift(Person person)
    {
        if (person.IsOnDuty && person.Jobs == 0 && World.Now >= person.ShiftEnd)
        {
            person.IsOnDuty = false;
            World.Send(person.Slot, new GoOffline(NextOperation()));
        }
    }

    private void ReportPosition(int who)
    {
        Person person = _people[who];
        if (person.IsOnDuty)
        {
            PositionReports++;
            World.Send(person.Slot, new PositionReported(World.Now, person.Motion.At(World.Now)));
            World.WakeAt(World.Now + _options.ReportInterval, who, (int)Wakes.ReportPosition);
        }
    }

    /// <summary>An idle helper stretches its legs; far from home it turns back.</summary>
    private void Wander(int who)
    {
        Person person = _people[who];
        if (!person.IsOnDuty)
        {
            return;
        }

        if (person.Jobs == 0 && World.Now >= person.Motion.Arrive)
        {
            LatLng here = person.Motion.To;
            bool isFar = here.DistanceMetersTo(person.Home) > 3000;
            Go(person, isFar ? person.Home : Places.Near(here, WanderMeters, person.Random), isFar ? 1 : 2);
        }

        World.WakeAt(World.Now + TimeSpan.FromMinutes(person.Random.NextInt(5, 15)), who, (int)Wakes.Wander);
    }

    private void Receive(OfferMoved offer)
    {
        Person person = _people[_peopleById[offer.Helper]];
        _jobsById.Add(offer.Offer, _jobs.Count);
        _jobs.Add(new Job(person, offer.Offer, _customers[_customersById[offer.Request]]));
        if (!person.Random.NextBool(NoAnswerChance))
        {
            TimeSpan thinking = TimeSpan.FromSeconds(Math.Max(2, person.Random.NextLogNormal(person.AnswerSeconds, 0.5)));
            World.WakeAt(World.Now + thinking, _jobs.Count - 1, (int)Wakes.AnswerOffer);
        }
    }

    private void AnswerOffer(Job job)
    {
        if (job.IsOver)
        {
            return;
        }

        Person person = job.Person;
        double meters = person.Motion.At(World.Now).DistanceMetersTo(job.Customer.Order.Position);
        double reluctance = Math.Max(0, meters / person.Profile.RadiusMeters - 0.5) * 0.4;
        if (person.Random.NextBool(person.Willingness - reluctance))
        {
            World.Send(person.Slot, new AcceptOffer(NextOperation(), job.Offer));
            return;
        }

        bool isLater = person.Random.NextBool(0.2);
        DeclineReason reason = reluctance > 0 && person.Random.NextBool(0.5) ? DeclineReason.TooFar : isLater ? DeclineReason.NotNow : DeclineReason.Busy;
        World.Send(person.Slot, new DeclineOffer(NextOperation(), job.Offer, reason, isLater ? TimeSpan.FromMinutes(10) : null));
    }

    private void Confirmed(OfferMoved offer)
    {
        int index = _jobsById[offer.Offer];
        Job job = _jobs[index];
        job.IsConfirmed = true;
        job.Person.Jobs++;
        if (!job.Person.Random.NextBool(NoShowChance))
        {
            World.WakeAt(World.Now + TimeSpan.FromSeconds(job.Person.Random.NextInt(20, 90)), index, (int)Wakes.SetOut);
        }
    }

    private void SetOut(int index)
    {
        Job job = _jobs[index];
        if (job.IsOver)
        {
            return;
        }

        World.Send(job.Customer.Slot, new ReportEnRoute(NextOperation(), job.Person.Id));
        Instant arrival = IsAlone(job.Person)
            ? Go(job.Person, job.Customer.Order.Position, 1)
            : World.Now + TripTime(job.Person, job.Person.Home, job.Customer.Order.Position);
        bool isAborted = job.Person.Random.NextBool(AbortChance);
        Instant half = new((World.Now.UnixMilliseconds + arrival.UnixMilliseconds) / 2);
        World.WakeAt(isAborted ? half : arrival, index, (int)(isAborted ? Wakes.GiveUpTrip : Wakes.Arrive));
    }

    private void GiveUpTrip(Job job)
    {
        if (!job.IsOver)
        {
            World.Send(job.Customer.Slot, new AbortVisit(NextOperation(), job.Person.Id, "vehicle"));
        }
    }

    private void Arrive(int index)
    {
        Job job = _jobs[index];
        if (job.IsOver)
        {
            return;
        }

        World.Send(job.Customer.Slot, new ReportArrival(NextOperation(), job.Person.Id));
        double median = _catalogue[job.Customer.Order.Problem].Duration.TotalSeconds;
        double seconds = Math.Max(120, job.Customer.Random.NextLogNormal(median, 0.35));
        World.WakeAt(World.Now + TimeSpan.FromSeconds(seconds), index, (int)Wakes.Finish);
    }

    private void Finish(Job job)
    {
        if (!job.IsOver)
        {
            bool isResolved = job.Customer.Random.NextBool(job.Person.Talent);
            World.Send(job.Customer.Slot, new CompleteVisit(NextOperation(), job.Person.Id, isResolved));
        }
    }

    private void Released(Job job)
    {
        job.IsOver = true;
        job.Person.Jobs--;
        if (IsAlone(job.Person))
        {
            job.Person.Motion = Motion.StandingAt(job.Person.Motion.At(World.Now));
        }

        EndShift(job.Person);
    }

    private void Submit(int who)
    {
        Customer customer = _customers[who];
        Order order = customer.Order;
        RequestSpec spec = new(
            CustomerId.From($"c{who}"), order.Problem, [], order.Position, [], null, null, null, DrawPreferred(customer), order.Channel, "");
        World.Send(customer.Slot, new SubmitRequest(NextOperation(), spec));
        World.WakeAt(World.Now + customer.Patience, who, (int)Wakes.LosePatience);
    }

    /// <summary>Some customers know a helper who lives near and want that one again.</summary>
    private HelperId? DrawPreferred(Customer customer)
    {
        if (!customer.Random.NextBool(PreferenceChance))
        {
            return null;
        }

        string skill = _catalogue[customer.Order.Problem].Skills[0].Name;
        for (int i = 0; i < 40; i++)
        {
            Person person = _people[customer.Random.NextInt(_people.Count)];
            if (person.ShiftStart <= World.Now && person.ShiftEnd > World.Now
                && person.Profile.Skills.Any(known => string.Equals(known.Name, skill, StringComparison.Ordinal))
                && person.Home.DistanceMetersTo(customer.Order.Position) < person.Profile.RadiusMeters / 2)
            {
                return person.Id;
            }
        }

        return null;
    }

    private void LosePatience(Customer customer)
    {
        if (!customer.IsServed && !customer.HasEnded)
        {
            World.Send(customer.Slot, new CancelRequest(NextOperation(), "waited too long"));
        }
    }

    private void Assigned(int who)
    {
        Customer customer = _customers[who];
        customer.IsServed = true;
        if (customer.Random.NextBool(CancelOnTheWayChance))
        {
            World.WakeAt(World.Now + TimeSpan.FromMinutes(customer.Random.NextInt(1, 10)), who, (int)Wakes.CancelOnTheWay);
        }
    }

    private void CancelOnTheWay(Customer customer)
    {
        if (!customer.HasEnded)
        {
            World.Send(customer.Slot, new CancelRequest(NextOperation(), "no longer needed"));
        }
    }

    private void Completed(int who)
    {
        Ended(who);
        if (_customers[who].Random.NextBool(RatingChance))
        {
            World.WakeAt(World.Now + TimeSpan.FromMinutes(_customers[who].Random.NextInt(2, 30)), who, (int)Wakes.Rate);
        }
    }

    private void Rate(Customer customer)
    {
        bool isPleased = _kpis.Tracks[_customersById[customer.Request]].IsResolved;
        World.Send(customer.Slot, new RateRequest(NextOperation(), isPleased ? customer.Random.NextInt(4, 5) : customer.Random.NextInt(1, 3), isPleased));
    }

    private void Ended(int who)
    {
        _customers[who].HasEnded = true;
        _open--;
    }

    /// <summary>A company sends crews from its base; a person goes itself.</summary>
    private static bool IsAlone(Person person) => person.Profile.Capacity == 1;

    private Instant Go(Person person, LatLng to, int slowness)
    {
        LatLng from = person.Motion.At(World.Now);
        Instant arrival = World.Now + (slowness * TripTime(person, from, to));
        person.Motion = new Motion(from, to, World.Now, arrival);
        return arrival;
    }

    private TimeSpan TripTime(Person person, LatLng from, LatLng to)
    {
        int seconds = _travel.EtaSeconds((int)from.DistanceMetersTo(to), person.Profile.Tier, World.Now);
        return TimeSpan.FromSeconds(Math.Max(30, seconds * person.Pace * person.Random.NextLogNormal(1, 0.15)));
    }

    private OperationId NextOperation() => OperationId.From(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"op{++_operations}"));
}
