namespace CrowdGrains.Simulation.City;

/// <summary>What somebody in the city wakes up for. The first ten are named by a person or a job, the others by a customer.</summary>
internal enum CityWake
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
    Forget,
}
