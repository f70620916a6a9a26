using System.Reflection;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Architecture.Tests;

public sealed class MessageTests
{
    private static readonly string[] Arms =
    [
        .. new[] { "Helpers/HelperGrain", "Requests/RequestGrain", "Cells/CellGrain" }
            .SelectMany(grain => SwitchArms.Of(Sources.Read($"src/CrowdGrains.Core/{grain}.cs"), "Handle"))
            .Where(arm => arm != "any other"),
    ];

    private static readonly Type[] Messages =
        [.. typeof(Message).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract)];

    [Fact]
    public void Message_IsHandledByOneGrain() => Assert.Equal(
        Messages.Where(type => type != typeof(TimerFired)).Select(type => type.Name)
            .Concat(Enum.GetValues<TimerKey>().Where(key => key != TimerKey.None).Select(key => $"TimerFired({key})"))
            .Order(StringComparer.Ordinal),
        Arms.Order(StringComparer.Ordinal));

    [Fact]
    public void Message_IsAnImmutableRecord() => Assert.All(
        Messages.Concat(typeof(GrainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GrainEvent)))),
        type =>
        {
            Assert.True(type.IsSealed, type.Name);
            Assert.All(type.GetProperties(), property => Assert.True(property.SetMethod is null || IsInitOnly(property), $"{type.Name}.{property.Name}"));
        });

    [Fact]
    public void Message_HasNoSuffixOfItsKind() => Assert.DoesNotContain(
        Messages, type => type.Name.EndsWith("Command", StringComparison.Ordinal) || type.Name.EndsWith("Message", StringComparison.Ordinal)
            || type.Name.EndsWith("Event", StringComparison.Ordinal) || type.Name.EndsWith("Dto", StringComparison.Ordinal));

    [Fact]
    public void EventTypes_AreNamedOnce()
    {
        string[] names = [.. Sources.CSharp("src/CrowdGrains.Core").Where(path => path.EndsWith("Events.cs", StringComparison.Ordinal))
            .SelectMany(path => Sources.Read(path).Split('"').Where((_, i) => i % 2 == 1))];
        Assert.True(names.Length > 15);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
