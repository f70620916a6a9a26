using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>
/// Makes up a value of any type of the core, by its constructor and the properties that can be set. Full ones have something in every
/// property; others have nulls, empty lists, zeros and extremes among them.
/// </summary>
internal sealed class Examples(int seed, bool isFull)
{
    private readonly Random _random = new(seed);

    /// <summary>The messages there are.</summary>
    public static IEnumerable<Type> Messages => typeof(Message).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    public T Make<T>() => (T)Make(typeof(T))!;

    public object? Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Leaves() ? null : Make(value);
        }

        return type switch
        {
            _ when type == typeof(string) => Leaves() ? "" : Word("text") + " é😀",
            _ when type == typeof(bool) => !Leaves(),
            _ when type == typeof(int) => Leaves() ? Pick(0, -1, int.MinValue, int.MaxValue) : _random.Next(1, 100_000),
            _ when type == typeof(long) => Leaves() ? Pick(0L, -1L, long.MinValue, long.MaxValue) : _random.NextInt64(1, 1L << 50),
            _ when type == typeof(TimeSpan) => Leaves()
                ? Pick(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue)
                : TimeSpan.FromSeconds(_random.Next(1, 10_000)),
            _ when type == typeof(Instant) => Leaves()
                ? Pick(default, Instant.Never, Instant.FromDateTimeOffset(DateTimeOffset.MinValue), Instant.FromDateTimeOffset(DateTimeOffset.MaxValue))
                : new Instant(_random.NextInt64(1_000_000_000_000, 2_000_000_000_000)),
            _ when type == typeof(LatLng) => Place(),
            _ when type == typeof(UnitVector) => Place().ToUnitVector(),
            _ when type == typeof(CellIndex) => Leaves() ? default : CellIndex.FromLatLng(Place(), _random.Next(16)),
            _ when type == typeof(Tier) && isFull => Pick(Tier.Pro, Tier.Technician, Tier.Partner),
            _ when type == typeof(Commitment) => Make(Pick(typeof(Reserved), typeof(AwaitingVerdict), typeof(Bound))),
            { IsEnum: true } => Choice(type),
            { IsArray: true } => Items(type.GetElementType()!),
            { IsConstructedGenericType: true } when type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => ImmutableItems(type),
            { IsConstructedGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
                Leaves() ? null : Items(type.GetGenericArguments()[0]),
            _ when type.GetMethod("From", [typeof(string)]) is { } from => from.Invoke(null, [Word("id")]),
            _ => Record(type),
        };
    }

    private object Record(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(made => made.GetParameters().Length).First();
        object record = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        HashSet<string?> given = [.. constructor.GetParameters().Select(parameter => parameter.Name)];
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && !given.Contains(property.Name)))
        {
            bool mayBeNull = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(record, mayBeNull && Leaves() ? null : Make(property.PropertyType));
        }

        return record;
    }

    private object Choice(Type type)
    {
        Array choices = Enum.GetValues(type);
        return choices.GetValue(_random.Next(isFull ? 1 : 0, choices.Length))!;
    }

    private Array Items(Type type)
    {
        Array items = Array.CreateInstance(type, Leaves() ? 0 : _random.Next(1, 4));
        for (int i = 0; i < items.Length; i++)
        {
            items.SetValue(Make(type), i);
        }

        return items;
    }

    private object ImmutableItems(Type type)
    {
        Type item = type.GetGenericArguments()[0];
        MethodInfo create = typeof(ImmutableArray).GetMethods()
            .Where(made => made is { Name: nameof(ImmutableArray.Create), IsGenericMethod: true })
            .Single(made => made.GetParameters() is [{ ParameterType.IsArray: true }]);
        return create.MakeGenericMethod(item).Invoke(null, [Items(item)])!;
    }

    private LatLng Place() => Leaves()
        ? Pick(default, LatLng.FromDegrees(1, -0.0), LatLng.FromDegrees(90, 180), LatLng.FromDegrees(-90, -180))
        : LatLng.FromDegrees(_random.NextDouble() * 89 + 0.5, _random.NextDouble() * 179 + 0.5);

    private string Word(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{_random.Next(1_000_000)}");

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    private bool Leaves() => !isFull && _random.Next(3) == 0;

    /// <summary>Whether the value, and everything in it, is other than what nothing would be.</summary>
    public static bool IsFull(object? value) => value switch
    {
        null or "" or false or 0 or 0L => false,
        string or Enum or true or int or long or TimeSpan => true,
        IEnumerable items => items.Cast<object>().Any() && items.Cast<object>().All(IsFull),
        ITuple tuple => Enumerable.Range(0, tuple.Length).All(i => IsFull(tuple[i])),
        _ when value.GetType().IsValueType => !value.Equals(Activator.CreateInstance(value.GetType())),
        _ => value.GetType().GetProperties().All(property => IsFull(property.GetValue(value))),
    };
}
