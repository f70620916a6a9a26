namespace CrowdGrains.Api.Leaders;

/// <summary>Marks an endpoint that the leader alone serves.</summary>
internal sealed class LeaderOnly;
