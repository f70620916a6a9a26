using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Api.Events;

/// <summary>For whom events are: everybody's for our own front ends, else those of one helper or one partner.</summary>
internal readonly record struct Audience
{
    public static readonly Audience House;

    public HelperId? Helper { get; private init; }

    public PartnerId? Partner { get; private init; }

    public bool IsHouse => Helper is null && Partner is null;

    public static Audience Of(HelperId helper) => new() { Helper = helper };

    public static Audience Of(PartnerId partner) => new() { Partner = partner };
}
