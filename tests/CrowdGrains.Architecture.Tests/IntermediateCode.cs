using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CrowdGrains.Architecture.Tests;

/// <summary>What a compiled assembly names of others: types, and members as <c>Type::Member</c>.</summary>
internal static class IntermediateCode
{
    public static HashSet<string> Names(string path)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        MetadataReader reader = image.GetMetadataReader();
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            names.Add(Name(reader, handle));
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                names.Add($"{Name(reader, (TypeReferenceHandle)member.Parent)}::{reader.GetString(member.Name)}");
            }
        }

        return names;
    }

    private static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
