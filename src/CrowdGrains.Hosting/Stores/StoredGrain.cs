using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Stores;

/// <summary>The ids of grains as the tables hold them: the number of the kind, and the name. Cells have no records.</summary>
public static class StoredGrain
{
    /// <exception cref="StoreException">The grain is a cell.</exception>
    public static string KeyOf(GrainId grain) => grain.Kind is GrainKind.Helper or GrainKind.Request
        ? grain.Name
        : throw new StoreException($"{grain} cannot be written: only helpers and requests have records and events.") { IsRejection = true };

    /// <exception cref="StoreException">The table holds something else.</exception>
    public static GrainId Read(long kind, string key)
    {
        if (!Identifier.IsValid(key))
        {
            throw new StoreException($"The store is damaged: \"{key}\" is not an id.");
        }

        return (GrainKind)kind switch
        {
            GrainKind.Helper => HelperId.From(key),
            GrainKind.Request => RequestId.From(key),
            _ => throw new StoreException($"The store is damaged: {kind} is not a kind of grain."),
        };
    }

    /// <exception cref="StoreException">The table holds something else.</exception>
    public static RequestId ReadRequest(string key) =>
        Identifier.IsValid(key) ? RequestId.From(key) : throw new StoreException($"The store is damaged: \"{key}\" is not an id.");
}
