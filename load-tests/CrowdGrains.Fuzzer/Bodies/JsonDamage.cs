using CrowdGrains.Fuzzer.Chance;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>Damages a body at one place: other values, names missing, doubled or added, or wrapped up.</summary>
internal static class JsonDamage
{
    public static Part Apply(Part whole, Dice dice)
    {
        // At the top now and then, else somewhere below.
        if (dice.InHundred(8))
        {
            return HostileValues.Draw(dice);
        }

        Part place = whole;
        while (Children(place) is { Count: > 0 } children && dice.InHundred(50))
        {
            Part child = dice.Pick(children);
            if (Children(child) is null)
            {
                break;
            }

            place = child;
        }

        switch (place)
        {
            case ObjectPart fields:
                Damage(fields, dice);
                break;
            case ListPart list:
                Damage(list, dice);
                break;
            default:
                return HostileValues.Draw(dice);
        }

        return whole;
    }

    private static List<Part>? Children(Part part) => part switch
    {
        ObjectPart fields => [.. fields.Members.Select(member => member.Value)],
        ListPart list => list.Items,
        _ => null,
    };

    private static void Damage(ObjectPart fields, Dice dice)
    {
        List<(byte[] Name, Part Value)> members = fields.Members;
        int at = members.Count == 0 ? 0 : dice.Below(members.Count);
        switch (members.Count == 0 ? 5 : dice.Below(9))
        {
            case 0:
                members.RemoveAt(at);
                break;
            case 1:
                members.Add(members[at]);
                break;
            case 2:
                members.Add((members[at].Name, HostileValues.Draw(dice)));
                break;
            case 3:
                members[at] = (HostileValues.DrawName(dice), members[at].Value);
                break;
            case 4:
                ListPart list = new();
                list.Items.Add(members[at].Value);
                members[at] = (members[at].Name, list);
                break;
            case 5:
                for (int i = dice.Pick<int>([1, 1, 1, 17, 300, 3000]); i > 0; i--)
                {
                    members.Add((HostileValues.DrawName(dice), new RawPart("1"u8.ToArray())));
                }

                break;
            default:
                members[at] = (members[at].Name, HostileValues.Draw(dice));
                break;
        }
    }

    private static void Damage(ListPart list, Dice dice)
    {
        switch (dice.Below(4))
        {
            case 0:
                list.Items.Clear();
                break;
            case 1 when list.Items.Count > 0:
                list.Items.AddRange(Enumerable.Repeat(list.Items[0], dice.Pick<int>([1, 16, 32, 255, 256, 257, 2000])));
                break;
            default:
                list.Items.Insert(0, HostileValues.Draw(dice));
                break;
        }
    }
}
