namespace CrowdGrains.Core.Turns;

/// <summary>Why a message changed nothing. Engines count refusals by grain kind, message and reason.</summary>
public enum Refusal : byte
{
    None,

    /// <summary>The message was handled before; what it asked for stands.</summary>
    Repeated,

    /// <summary>The timer is not armed.</summary>
    SpuriousTimer,

    /// <summary>The message answers a question that is no longer open.</summary>
    Late,

    /// <summary>Nothing is known of the thing named.</summary>
    Unknown,

    /// <summary>The grain is not in a state in which the message means something.</summary>
    WrongState,

    /// <summary>A bound of the grain is reached.</summary>
    Full,

    /// <summary>A value in the command is not acceptable.</summary>
    Invalid,
}
