using System.Globalization;
using System.Reflection;
using System.Text;
using CrowdGrains.Cluster.Wire;
using CrowdGrains.Testing;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>
/// The wire as it was agreed on: <c>contract.txt</c> beside this file. Silos of two versions talk to each other while a cluster is brought up
/// to date, so a change that was not meant stops here.
/// </summary>
public sealed class WireContractTests
{
    private const string Contract = "tests/CrowdGrains.Cluster.Tests/Wire/contract.txt";

    [Fact]
    public void Wire_IsAsTheContractSays()
    {
        string now = Describe();
        if (now == Sources.Read(Contract))
        {
            return;
        }

        string proposed = Path.Combine(AppContext.BaseDirectory, "contract.txt");
        File.WriteAllText(proposed, now);
        Assert.Fail($"""
            The wire is not what {Contract} says. Silos of the version before and of this one must understand each other:
            - a new field gets the next id of its type, at the end, and must mean something when it is missing: it has its default value then;
            - a new type gets a number and an alias that none had before; a new choice of an enum goes at the end;
            - an id, a number or an alias is never used again and never changes its meaning or its type; what is gone stays gone;
            - a field is not taken away before no silo that reads it is left.
            If the change keeps to that, copy {proposed} over the contract.
            """);
    }

    [Fact]
    public void Names_AreUsedOnce()
    {
        Assert.Distinct(WireNames.All.Select(type => type.Number));
        Assert.Distinct(WireNames.All.Select(type => type.Alias));
        Assert.All(WireNames.All, type => Assert.StartsWith("cg.", type.Alias, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryMessage_HasAWireType() => Assert.Empty(Examples.Messages
        .Except(WireNames.All.Select(type => type.Type))
        .Select(message => $"{message.Name} has no surrogate in CrowdGrains.Cluster/Wire"));

    [Fact]
    public void EveryField_IsNumberedFromZeroWithoutAGap() => Assert.All(WireNames.All, type =>
    {
        IReadOnlyList<FieldInfo> fields = Fields(type.Surrogate);
        Assert.Equal(Enumerable.Range(0, fields.Count), fields.Select(field => (int)Id(field)));
    });

    /// <summary>Orleans boxes an enum that has no codec of its own, and names its type in every field.</summary>
    [Fact]
    public void EveryEnum_HasItsCodec()
    {
        IEnumerable<Type> codecs = typeof(WireNames).Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(EnumCodec<>))
            .Select(type => type.BaseType!.GetGenericArguments()[0]);

        Assert.Empty(Enums().Except(codecs));
    }

    private static string Describe()
    {
        StringBuilder text = new();
        foreach (WireType type in WireNames.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"{type.Number} {type.Alias} {type.Type.FullName}\n");
            Describe(text, type.Surrogate);
        }

        foreach (Type type in Enums())
        {
            text.Append(type.FullName).Append('\n');
            foreach (object choice in Enum.GetValues(type))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {(byte)choice} {choice}\n");
            }
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, Type surrogate)
    {
        foreach (FieldInfo field in Fields(surrogate))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {Id(field)} {field.Name} {Name(field.FieldType)}\n");
        }
    }

    private static IEnumerable<Type> Enums() => WireNames.All
        .SelectMany(type => Fields(type.Surrogate))
        .Select(field => field.FieldType.GetElementType() ?? Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType)
        .Where(type => type.IsEnum)
        .Distinct()
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static IReadOnlyList<FieldInfo> Fields(Type surrogate) =>
        [.. surrogate.GetFields(BindingFlags.Instance | BindingFlags.Public).OrderBy(Id)];

    private static uint Id(FieldInfo field) => field.GetCustomAttribute<IdAttribute>()!.Id;

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?" :
        type.IsArray ? $"{Name(type.GetElementType()!)}[]" :
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" :
        type.Name;
}
