using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// What helpers do: come on duty and go, report where they are, wander while idle, answer offers, drive, fix, abort now and then.
/// People and jobs are named by their number in the order in which they came to be.
/// </summary>
internal sealed class HelperLife(World world, CityOptions options, Catalogue catalogue, IReadOnlyList<Person> people, OperationCounter operations)
{
    private const double NoAnswerChance = 0.05;
    private const double NoShowChance = 0.004;
    private const double AbortChance = 0.01;
    private const int WanderMeters = 300;
    private const int FarFromHomeMeters = 3000;

    private readonly CityTravelTime _travel = new();
    private readonly List<Job> _jobs = [];
    private readonly Dictionary<HelperId, int> _peopleById = people.Select((person, number) => (person.Id, number)).ToDictionary();
    private readonly Dictionary<OfferId, int> _jobsById = [];

    /// <summary>How many people have come on duty so far.</summary>
    public int OnceOnDuty { get; private set; }

    public int PositionReports { get; private set; }

    public void Begin()
    {
        for (int who = 0; who < people.Count; who++)
        {
            world.WakeAt(people[who].ShiftStart + TimeSpan.FromMilliseconds(people[who].Random.NextInt(15_000)), who, (int)CityWake.StartShift);
        }
    }

    public void Wake(int who, CityWake what)
    {
        switch (what)
        {
            case CityWake.StartShift: StartShift(who); break;
            case CityWake.GoOnline: GoOnline(people[who]); break;
            case CityWake.EndShift: EndShift(people[who]); break;
            case CityWake.ReportPosition: ReportPosition(who); break;
            case CityWake.Wander: Wander(who); break;
            case CityWake.AnswerOffer: AnswerOffer(_jobs[who]); break;
            case CityWake.SetOut: SetOut(who); break;
            case CityWake.GiveUpTrip: GiveUpTrip(_jobs[who]); break;
            case CityWake.Arrive: Arrive(who); break;
            case CityWake.Finish: Finish(_jobs[who]); break;
        }
    }

    /// <summary>An offer took a step.</summary>
    /// <param name="customer">Who the job is for.</param>
    public void OfferMoved(OfferMoved offer, Customer customer)
    {
        switch (offer.Step)
        {
            case OfferStep.Issued: Receive(offer, customer); break;
            case OfferStep.Confirmed: Confirmed(_jobsById[offer.Offer]); break;
            case OfferStep.Released: Released(_jobs[_jobsById[offer.Offer]]); break;
            case OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn: _jobs[_jobsById[offer.Offer]].IsOver = true; break;
        }
    }

    /// <summary>Somebody on duty who lives near, knows the skill and might have been there before; null when none is found by chance.</summary>
    public HelperId? FindAcquaintance(LatLng place, string skill, SeededRandom random)
    {
        for (int tries = 0; tries < 40; tries++)
        {
            Person person = people[random.NextInt(people.Count)];
            if (person.ShiftStart <= world.Now && person.ShiftEnd > world.Now
                && person.Profile.Skills.Any(known => string.Equals(known.Name, skill, StringComparison.Ordinal))
                && person.Home.DistanceMetersTo(place) < person.Profile.RadiusMeters / 2)
            {
                return person.Id;
            }
        }

        return null;
    }

    private void StartShift(int who)
    {
        Person person = people[who];
        person.IsOnDuty = true;
        OnceOnDuty++;
        world.Send(person.Slot, new RegisterHelper(operations.Next(), person.Profile));
        world.WakeAt(world.Now + TimeSpan.FromSeconds(1), who, (int)CityWake.GoOnline);
        world.WakeAt(person.ShiftEnd, who, (int)CityWake.EndShift);
        world.WakeAt(world.Now + TimeSpan.FromMilliseconds(person.Random.NextInt((int)options.ReportInterval.TotalMilliseconds)), who, (int)CityWake.ReportPosition);
        world.WakeAt(world.Now + TimeSpan.FromMinutes(person.Random.NextInt(2, 15)), who, (int)CityWake.Wander);
    }

    private void GoOnline(Person person) => world.Send(person.Slot, new GoOnline(operations.Next(), person.Home, person.ShiftEnd));

    private void EndShift(Person person)
    {
        if (person.IsOnDuty && person.Jobs == 0 && world.Now >= person.ShiftEnd)
        {
            person.IsOnDuty = false;
            world.Send(person.Slot, new GoOffline(operations.Next()));
        }
    }

    private void ReportPosition(int who)
    {
        Person person = people[who];
        if (person.IsOnDuty)
        {
            PositionReports++;
            world.Send(person.Slot, new PositionReported(world.Now, person.Motion.At(world.Now)));
            world.WakeAt(world.Now + options.ReportInterval, who, (int)CityWake.ReportPosition);
        }
    }

    /// <summary>An idle helper stretches its legs; far from home it turns back.</summary>
    private void Wander(int who)
    {
        Person person = people[who];
        if (!person.IsOnDuty)
        {
            return;
        }

        if (person.Jobs == 0 && world.Now >= person.Motion.Arrive)
        {
            LatLng here = person.Motion.To;
            bool isFar = here.DistanceMetersTo(person.Home) > FarFromHomeMeters;
            Go(person, isFar ? person.Home : Places.Near(here, WanderMeters, person.Random), isFar ? 1 : 2);
        }

        world.WakeAt(world.Now + TimeSpan.FromMinutes(person.Random.NextInt(5, 15)), who, (int)CityWake.Wander);
    }

    private void Receive(OfferMoved offer, Customer customer)
    {
        Person person = people[_peopleById[offer.Helper]];
        _jobsById.Add(offer.Offer, _jobs.Count);
        _jobs.Add(new Job(person, offer.Offer, customer));
        if (!person.Random.NextBool(NoAnswerChance))
        {
            TimeSpan thinking = TimeSpan.FromSeconds(Math.Max(2, person.Random.NextLogNormal(person.AnswerSeconds, 0.5)));
            world.WakeAt(world.Now + thinking, _jobs.Count - 1, (int)CityWake.AnswerOffer);
        }
    }

    private void AnswerOffer(Job job)
    {
        if (job.IsOver)
        {
            return;
        }

        Person person = job.Person;
        double meters = person.Motion.At(world.Now).DistanceMetersTo(job.Customer.Order.Position);
        double reluctance = Math.Max(0, meters / person.Profile.RadiusMeters - 0.5) * 0.4;
        if (person.Random.NextBool(person.Willingness - reluctance))
        {
            world.Send(person.Slot, new AcceptOffer(operations.Next(), job.Offer));
            return;
        }

        bool isLater = person.Random.NextBool(0.2);
        DeclineReason reason = reluctance > 0 && person.Random.NextBool(0.5) ? DeclineReason.TooFar : isLater ? DeclineReason.NotNow : DeclineReason.Busy;
        world.Send(person.Slot, new DeclineOffer(operations.Next(), job.Offer, reason, isLater ? TimeSpan.FromMinutes(10) : null));
    }

    private void Confirmed(int index)
    {
        Job job = _jobs[index];
        job.IsConfirmed = true;
        job.Person.Jobs++;
        if (!job.Person.Random.NextBool(NoShowChance))
        {
            world.WakeAt(world.Now + TimeSpan.FromSeconds(job.Person.Random.NextInt(20, 90)), index, (int)CityWake.SetOut);
        }
    }

    private void SetOut(int index)
    {
        Job job = _jobs[index];
        if (job.IsOver)
        {
            return;
        }

        world.Send(job.Customer.Slot, new ReportEnRoute(operations.Next(), job.Person.Id));
        Instant arrival = IsAlone(job.Person)
            ? Go(job.Person, job.Customer.Order.Position, 1)
            : world.Now + TripTime(job.Person, job.Person.Home, job.Customer.Order.Position);
        bool isAborted = job.Person.Random.NextBool(AbortChance);
        Instant half = new((world.Now.UnixMilliseconds + arrival.UnixMilliseconds) / 2);
        world.WakeAt(isAborted ? half : arrival, index, (int)(isAborted ? CityWake.GiveUpTrip : CityWake.Arrive));
    }

    private void GiveUpTrip(Job job)
    {
        if (!job.IsOver)
        {
            world.Send(job.Customer.Slot, new AbortVisit(operations.Next(), job.Person.Id, "vehicle"));
        }
    }

    private void Arrive(int index)
    {
        Job job = _jobs[index];
        if (job.IsOver)
        {
            return;
        }

        world.Send(job.Customer.Slot, new ReportArrival(operations.Next(), job.Person.Id));
        double median = catalogue[job.Customer.Order.Problem].Duration.TotalSeconds;
        double seconds = Math.Max(120, job.Customer.Random.NextLogNormal(median, 0.35));
        world.WakeAt(world.Now + TimeSpan.FromSeconds(seconds), index, (int)CityWake.Finish);
    }

    private void Finish(Job job)
    {
        if (!job.IsOver)
        {
            bool isResolved = job.Customer.Random.NextBool(job.Person.Talent);
            world.Send(job.Customer.Slot, new CompleteVisit(operations.Next(), job.Person.Id, isResolved));
        }
    }

    private void Released(Job job)
    {
        job.IsOver = true;
        job.Person.Jobs--;
        if (IsAlone(job.Person))
        {
            job.Person.Motion = Motion.StandingAt(job.Person.Motion.At(world.Now));
        }

        EndShift(job.Person);
    }

    /// <summary>A company sends crews from its base; a person goes itself.</summary>
    private static bool IsAlone(Person person) => person.Profile.Capacity == 1;

    private Instant Go(Person person, LatLng to, int slowness)
    {
        LatLng from = person.Motion.At(world.Now);
        Instant arrival = world.Now + (slowness * TripTime(person, from, to));
        person.Motion = new Motion(from, to, world.Now, arrival);
        return arrival;
    }

    private TimeSpan TripTime(Person person, LatLng from, LatLng to)
    {
        int seconds = _travel.EtaSeconds((int)from.DistanceMetersTo(to), person.Profile.Tier, world.Now);
        return TimeSpan.FromSeconds(Math.Max(30, seconds * person.Pace * person.Random.NextLogNormal(1, 0.15)));
    }
}
