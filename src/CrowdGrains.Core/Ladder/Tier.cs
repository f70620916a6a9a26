namespace CrowdGrains.Core.Ladder;

/// <summary>Who a helper is, from the neighbour to the partner company's crew.</summary>
public enum Tier : byte
{
    Friend,
    Pro,
    Technician,
    Partner,
}
