namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>A file is not a scenario. The message names the field.</summary>
public sealed class ScenarioException : Exception
{
    public ScenarioException()
    {
    }

    public ScenarioException(string message)
        : base(message)
    {
    }

    public ScenarioException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
