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
/// People and jobs are named by their number in the order in which they came to be. A job that is over is forgotten: a wake-up for it finds nothing.
/// </summary>
internal sealed class HelperLife(ICityStage stage, CityOptions options, Catalogue catalogue, IReadOnlyList<Person> people, OperationCounter operations)
{
    private const double NoAnswerChance = 0.05;
    private const double NoShowChance = 0.004;
    private const double AbortChance = 0.01;
    private const int WanderMeters = 300;
    private const int FarFromHomeMeters = 3000;

    private readonly CityTravelTime _travel = new();
    private readonly Dictionary<int, Job> _jobs = [];
    private readonly Dictionary<HelperId, int> _peopleById = people.Select((person, number) => (person.Id, number)).ToDictionary();
    private readonly Dictionary<OfferId, Job> _jobsById = [];
    private int _jobCount;

    /// <summary>The same people come back at the same time of the next day.</summary>
    public required bool ComesBack { get; init; }

    /// <summary>How many people have come on duty so far.</summary>
    public int OnceOnDuty { get; private set; }

    public int PositionReports { get; private set; }

    /// <summary>Offers and jobs that are not over.</summary>
    public int Jobs => _jobs.Count;

    public void Begin()
    {
        for (int who = 0; who < people.Count; who++)
        {
            stage.WakeAt(people[who].ShiftStart + TimeSpan.FromMilliseconds(people[who].Random.NextInt(15_000)), who, (int)CityWake.StartShift);
        }
    }

    public void Wake(int who, CityWake what)
    {
        switch (what)
        {
            case CityWake.StartShift: StartShift(who); break;
            case CityWake.GoOnline: GoOnline(people[who]); break;
            case CityWake.EndShift: EndShift(who); break;
            case CityWake.ReportPosition: ReportPosition(who); break;
            case CityWake.Wander: Wander(who); break;
            default:
                if (_jobs.TryGetValue(who, out Job? job))
                {
                    GoOnWith(job, what);
                }

                break;
        }
    }

    /// <summary>An offer took a step.</summary>
    /// <param name="customer">Who the job is for; null when nothing is known of the request.</param>
    public void OfferMoved(OfferMoved offer, Customer? customer)
    {
        if (offer.Step == OfferStep.Issued)
        {
            Receive(offer, customer);
        }
        else if (_jobsById.TryGetValue(offer.Offer, out Job? job))
        {
            switch (offer.Step)
            {
                case OfferStep.Confirmed: Confirmed(job); break;
                case OfferStep.Released: Released(job); break;
                case OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn: Forget(job); break;
            }
        }
    }

    /// <summary>Somebody on duty who lives near, knows the skill and might have been there before; null when none is found by chance.</summary>
    public HelperId? FindAcquaintance(LatLng place, string skill, SeededRandom random)
    {
        for (int tries = 0; tries < 40; tries++)
        {
            Person person = people[random.NextInt(people.Count)];
            if (person.ShiftStart <= stage.Now && person.ShiftEnd > stage.Now
                && person.Profile.Skills.Any(known => string.Equals(known.Name, skill, StringComparison.Ordinal))
                && person.Home.DistanceMetersTo(place) < person.Profile.RadiusMeters / 2)
            {
                return person.Id;
            }
        }

        return null;
    }

    private void GoOnWith(Job job, CityWake what)
    {
        switch (what)
        {
            case CityWake.AnswerOffer: AnswerOffer(job); break;
            case CityWake.SetOut: SetOut(job); break;
            case CityWake.GiveUpTrip: GiveUpTrip(job); break;
            case CityWake.Arrive: Arrive(job); break;
            case CityWake.Finish: Finish(job); break;
        }
    }

    private void StartShift(int who)
    {
        Person person = people[who];
        person.IsOnDuty = true;
        OnceOnDuty++;
        if (!person.IsRegistered)
        {
            person.IsRegistered = true;
            stage.Send(person.Id, person.Slot, new RegisterHelper(operations.Next(), person.Profile));
        }

        stage.WakeAt(stage.Now + TimeSpan.FromSeconds(1), who, (int)CityWake.GoOnline);
        stage.WakeAt(person.ShiftEnd, who, (int)CityWake.EndShift);
        stage.WakeAt(stage.Now + TimeSpan.FromMilliseconds(person.Random.NextInt((int)options.ReportInterval.TotalMilliseconds)), who, (int)CityWake.ReportPosition);
        stage.WakeAt(stage.Now + TimeSpan.FromMinutes(person.Random.NextInt(2, 15)), who, (int)CityWake.Wander);
    }

    private void GoOnline(Person person) => stage.Send(person.Id, person.Slot, new GoOnline(operations.Next(), person.Home, person.ShiftEnd));

    private void EndShift(int who)
    {
        Person person = people[who];
        if (person.IsOnDuty && person.Jobs == 0 && stage.Now >= person.ShiftEnd)
        {
            person.IsOnDuty = false;
            stage.Send(person.Id, person.Slot, new GoOffline(operations.Next()));
            if (ComesBack)
            {
                person.PlanNextShift(stage.Now);
                person.Motion = Motion.StandingAt(person.Home);
                stage.WakeAt(person.ShiftStart, who, (int)CityWake.StartShift);
            }
        }
    }

    private void ReportPosition(int who)
    {
        Person person = people[who];
        if (person.IsOnDuty)
        {
            PositionReports++;
            stage.Send(person.Id, person.Slot, new PositionReported(stage.Now, person.Motion.At(stage.Now)));
            stage.WakeAt(stage.Now + options.ReportInterval, who, (int)CityWake.ReportPosition);
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

        if (person.Jobs == 0 && stage.Now >= person.Motion.Arrive)
        {
            LatLng here = person.Motion.To;
            bool isFar = here.DistanceMetersTo(person.Home) > FarFromHomeMeters;
            Go(person, isFar ? person.Home : Places.Near(here, WanderMeters, person.Random), isFar ? 1 : 2);
        }

        stage.WakeAt(stage.Now + TimeSpan.FromMinutes(person.Random.NextInt(5, 15)), who, (int)CityWake.Wander);
    }

    private void Receive(OfferMoved offer, Customer? customer)
    {
        if (customer is null || !_peopleById.TryGetValue(offer.Helper, out int who))
        {
            return;
        }

        Person person = people[who];
        Job job = new(_jobCount++, person, offer.Offer, customer);
        _jobsById.Add(offer.Offer, job);
        _jobs.Add(job.Number, job);
        if (!person.Random.NextBool(NoAnswerChance))
        {
            TimeSpan thinking = TimeSpan.FromSeconds(Math.Max(2, person.Random.NextLogNormal(person.AnswerSeconds, 0.5)));
            stage.WakeAt(stage.Now + thinking, job.Number, (int)CityWake.AnswerOffer);
        }
    }

    private void AnswerOffer(Job job)
    {
        if (job.IsConfirmed)
        {
            return; // Somebody else has taken it on this helper's behalf.
        }

        Person person = job.Person;
        double meters = person.Motion.At(stage.Now).DistanceMetersTo(job.Customer.Order.Position);
        double reluctance = Math.Max(0, meters / person.Profile.RadiusMeters - 0.5) * 0.4;
        if (person.Random.NextBool(person.Willingness - reluctance))
        {
            stage.Send(person.Id, person.Slot, new AcceptOffer(operations.Next(), job.Offer));
            return;
        }

        bool isLater = person.Random.NextBool(0.2);
        DeclineReason reason = reluctance > 0 && person.Random.NextBool(0.5) ? DeclineReason.TooFar : isLater ? DeclineReason.NotNow : DeclineReason.Busy;
        stage.Send(person.Id, person.Slot, new DeclineOffer(operations.Next(), job.Offer, reason, isLater ? TimeSpan.FromMinutes(10) : null));
    }

    private void Confirmed(Job job)
    {
        job.IsConfirmed = true;
        job.Person.Jobs++;
        if (!job.Person.Random.NextBool(NoShowChance))
        {
            stage.WakeAt(stage.Now + TimeSpan.FromSeconds(job.Person.Random.NextInt(20, 90)), job.Number, (int)CityWake.SetOut);
        }
    }

    private void SetOut(Job job)
    {
        stage.Send(job.Customer.Request, job.Customer.Slot, new ReportEnRoute(operations.Next(), job.Person.Id));
        Instant arrival = IsAlone(job.Person)
            ? Go(job.Person, job.Customer.Order.Position, 1)
            : stage.Now + TripTime(job.Person, job.Person.Home, job.Customer.Order.Position);
        bool isAborted = job.Person.Random.NextBool(AbortChance);
        Instant half = new((stage.Now.UnixMilliseconds + arrival.UnixMilliseconds) / 2);
        stage.WakeAt(isAborted ? half : arrival, job.Number, (int)(isAborted ? CityWake.GiveUpTrip : CityWake.Arrive));
    }

    private void GiveUpTrip(Job job) => stage.Send(job.Customer.Request, job.Customer.Slot, new AbortVisit(operations.Next(), job.Person.Id, "vehicle"));

    private void Arrive(Job job)
    {
        stage.Send(job.Customer.Request, job.Customer.Slot, new ReportArrival(operations.Next(), job.Person.Id));
        double median = catalogue[job.Customer.Order.Problem].Duration.TotalSeconds;
        double seconds = Math.Max(120, job.Customer.Random.NextLogNormal(median, 0.35));
        stage.WakeAt(stage.Now + TimeSpan.FromSeconds(seconds), job.Number, (int)CityWake.Finish);
    }

    private void Finish(Job job)
    {
        bool isResolved = job.Customer.Random.NextBool(job.Person.Talent);
        stage.Send(job.Customer.Request, job.Customer.Slot, new CompleteVisit(operations.Next(), job.Person.Id, isResolved));
    }

    private void Released(Job job)
    {
        Forget(job);
        if (!job.IsConfirmed)
        {
            return;
        }

        job.Person.Jobs--;
        if (IsAlone(job.Person))
        {
            job.Person.Motion = Motion.StandingAt(job.Person.Motion.At(stage.Now));
        }

        EndShift(_peopleById[job.Person.Id]);
    }

    private void Forget(Job job)
    {
        _jobs.Remove(job.Number);
        _jobsById.Remove(job.Offer);
    }

    /// <summary>A company sends crews from its base; a person goes itself.</summary>
    private static bool IsAlone(Person person) => person.Profile.Capacity == 1;

    private Instant Go(Person person, LatLng to, int slowness)
    {
        LatLng from = person.Motion.At(stage.Now);
        Instant arrival = stage.Now + (slowness * TripTime(person, from, to));
        person.Motion = new Motion(from, to, stage.Now, arrival);
        return arrival;
    }

    private TimeSpan TripTime(Person person, LatLng from, LatLng to)
    {
        int seconds = _travel.EtaSeconds((int)from.DistanceMetersTo(to), person.Profile.Tier, stage.Now);
        return TimeSpan.FromSeconds(Math.Max(30, seconds * person.Pace * person.Random.NextLogNormal(1, 0.15)));
    }
}
