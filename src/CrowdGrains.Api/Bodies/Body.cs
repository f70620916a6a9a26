using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Api.Problems;

namespace CrowdGrains.Api.Bodies;

/// <summary>A body that was read, or why it cannot be.</summary>
internal readonly record struct Body<T>(T? Value, Fault? Fault)
    where T : class
{
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Fault? fault)
    {
        value = Value;
        fault = Fault;
        return value is not null && fault is null;
    }
}
