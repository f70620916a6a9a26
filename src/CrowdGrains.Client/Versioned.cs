namespace CrowdGrains.Client;

/// <summary>A resource and its version, for <see cref="CallOptions.IfMatch"/>.</summary>
/// <param name="ETag">As the server wrote it, quotes included; null when it named none.</param>
public readonly record struct Versioned<T>(T Value, string? ETag);
