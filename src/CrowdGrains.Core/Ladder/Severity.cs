namespace CrowdGrains.Core.Ladder;

/// <summary>How badly the customer is hit; a higher one has a shorter deadline and goes first in a waiting line.</summary>
public enum Severity : byte
{
    Low,
    Normal,
    High,
    Critical,
}
