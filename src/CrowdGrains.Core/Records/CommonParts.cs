using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Records;

/// <summary>The parts that records of several kinds have in common.</summary>
internal static class CommonParts
{
    /// <summary>No list in a record is longer.</summary>
    public const int MaxItems = 10_000;

    public static void Write(ref RecordWriter writer, Labels labels)
    {
        writer.Bool(labels != Labels.None);
        if (labels == Labels.None)
        {
            return;
        }

        writer.Text(labels.ExternalId);
        writer.Count(labels.Metadata.Length);
        foreach ((string name, string value) in labels.Metadata)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    public static Labels ReadLabels(ref RecordReader reader)
    {
        if (!reader.Bool())
        {
            return Labels.None;
        }

        string externalId = reader.Text();
        KeyValuePair<string, string>[] metadata = new KeyValuePair<string, string>[reader.Count(Labels.MaxEntries)];
        foreach (ref KeyValuePair<string, string> entry in metadata.AsSpan())
        {
            entry = new(reader.Text(), reader.Text());
        }

        return new Labels(externalId, ImmutableCollectionsMarshal.AsImmutableArray(metadata));
    }

    public static void Write(ref RecordWriter writer, ImmutableArray<string> words)
    {
        writer.Count(words.Length);
        foreach (string word in words)
        {
            writer.Text(word);
        }
    }

    public static ImmutableArray<string> ReadWords(ref RecordReader reader)
    {
        string[] words = new string[reader.Count(MaxItems)];
        foreach (ref string word in words.AsSpan())
        {
            word = reader.Text();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(words);
    }

    public static void Write(ref RecordWriter writer, ImmutableArray<SkillNeed> skills)
    {
        writer.Count(skills.Length);
        foreach (SkillNeed skill in skills)
        {
            writer.Text(skill.Name);
            writer.Count(skill.Level);
            writer.Bool(skill.Certified);
        }
    }

    public static ImmutableArray<SkillNeed> ReadSkillNeeds(ref RecordReader reader)
    {
        SkillNeed[] skills = new SkillNeed[reader.Count(MaxItems)];
        foreach (ref SkillNeed skill in skills.AsSpan())
        {
            skill = new SkillNeed(reader.Text(), reader.Int32(), reader.Bool());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(skills);
    }

    public static void Write(ref RecordWriter writer, PartnerId? partner)
    {
        writer.Bool(partner is not null);
        if (partner is { } named)
        {
            writer.Text(named.Value);
        }
    }

    public static PartnerId? ReadPartner(ref RecordReader reader) => reader.Bool() ? new PartnerId(reader.Id()) : null;
}
