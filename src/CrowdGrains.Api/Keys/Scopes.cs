namespace CrowdGrains.Api.Keys;

/// <summary>What a key is for; a set of them says who may call an endpoint.</summary>
[Flags]
internal enum Scopes : byte
{
    None = 0,
    Admin = 1,

    /// <summary>Our own front ends.</summary>
    Dispatch = 2,

    /// <summary>A partner company: its own helpers and requests.</summary>
    Partner = 4,

    /// <summary>A helper's device: itself, its offers and jobs.</summary>
    Helper = 8,
    Staff = Admin | Dispatch,
    All = Staff | Partner | Helper,
}
