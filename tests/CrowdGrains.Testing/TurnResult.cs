using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>What one turn came to, copied out of the runner's buffer.</summary>
public sealed class TurnResult(GrainId grain, Turn turn, long eventsBefore)
{
    private readonly Effect[] _effects = turn.Effects.ToArray();

    public TurnOutcome Outcome { get; } = turn.Outcome;

    public Refusal Refusal { get; } = turn.Refusal;

    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>The answer to the command.</summary>
    public Answer Answer => _effects.Single(effect => effect.Kind == EffectKind.Reply).Answer;

    public IEnumerable<GrainEvent> Events => _effects.Where(effect => effect.Kind == EffectKind.Emit).Select(effect => effect.Event);

    /// <summary>The messages of one kind that were sent, with their receivers.</summary>
    public IReadOnlyList<(GrainId To, T Message)> Sent<T>()
        where T : Message =>
        [.. _effects.Where(effect => effect.Kind == EffectKind.Send && effect.Message is T).Select(effect => (effect.To, (T)effect.Message))];

    /// <summary>The outcome and every effect in order, in depth: equal texts are equal turns.</summary>
    public string Describe() => Text(Outcome, Refusal, _effects);

    /// <summary>The same text for what a test expects of this turn.</summary>
    public string Describe(TurnOutcome outcome, Refusal refusal, IEnumerable<Expect> expected)
    {
        long sequence = eventsBefore;
        return Text(outcome, refusal, expected.Select(effect => effect.For(grain, ref sequence)).ToArray());
    }

    private static string Text(TurnOutcome outcome, Refusal refusal, Effect[] effects) =>
        $"{outcome} {refusal}\n{string.Join('\n', effects.Select(effect => Line(effect)))}";

    private static string Line(Effect effect) => effect.Kind switch
    {
        EffectKind.Send => $"Send {effect.To} {Snapshot.Of(effect.Message)}",
        EffectKind.Reply => $"Reply {effect.To} {effect.Operation} {Snapshot.Of(effect.Answer)}",
        EffectKind.Emit => $"Emit {effect.To} #{effect.Sequence} {Snapshot.Of(effect.Event)}",
        _ => effect.ToString(),
    };
}
