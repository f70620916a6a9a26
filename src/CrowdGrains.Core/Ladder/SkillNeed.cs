namespace CrowdGrains.Core.Ladder;

/// <summary>A skill a problem needs: its name, the least level (1 to 5), and whether a certificate that is valid today is needed.</summary>
public sealed record SkillNeed(string Name, int Level, bool Certified = false);
