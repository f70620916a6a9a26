namespace CrowdGrains.Hosting.Engines;

/// <summary>
/// Words between the processes that share a store: something in it has changed, look. They may come twice or without need, and a word that
/// was missed is made up for. Safe for use by many threads at once.
/// </summary>
public interface ISignals
{
    /// <summary>Says the word to every process, this one too. It is a request, not a promise: when it cannot be said, nobody is told so.</summary>
    /// <param name="topic">A constant: lower-case words with hyphens.</param>
    void Send(string topic);

    /// <summary>Completes when the word is said after the call, or may have been.</summary>
    Task NextAsync(string topic);
}
