using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Records;

/// <summary>What was submitted, and the problem as the catalogue had it then: a later catalogue changes no request that is under way.</summary>
internal static class SubmissionRecord
{
    public static void Write(ref RecordWriter writer, Submission submission)
    {
        WriteProblem(ref writer, submission.Problem);
        WriteSpec(ref writer, submission.Spec);
        bool areOwn = submission.Skills != submission.Problem.Skills && submission.Skills != submission.Spec.Skills;
        writer.Bool(areOwn);
        if (areOwn)
        {
            CommonParts.Write(ref writer, submission.Skills);
        }

        writer.Byte((byte)submission.Severity);
        writer.Time(submission.At);
    }

    public static Submission Read(ref RecordReader reader)
    {
        Problem problem = ReadProblem(ref reader);
        RequestSpec spec = ReadSpec(ref reader, problem.Name);
        ImmutableArray<SkillNeed> known = spec.Skills.IsEmpty ? problem.Skills : spec.Skills;
        ImmutableArray<SkillNeed> skills = reader.Bool() ? CommonParts.ReadSkillNeeds(ref reader) : known;
        return new Submission(spec, problem, skills, (Severity)reader.Choice((int)Severity.Critical), reader.Time());
    }

    private static void WriteSpec(ref RecordWriter writer, RequestSpec spec)
    {
        writer.Text(spec.Customer.Value);
        CommonParts.Write(ref writer, spec.Skills);
        writer.Position(spec.Position);
        CommonParts.Write(ref writer, spec.Languages);
        writer.Bool(spec.Severity is not null);
        if (spec.Severity is { } severity)
        {
            writer.Byte((byte)severity);
        }

        writer.Time(spec.NotBefore);
        writer.Time(spec.Deadline);
        writer.Bool(spec.Preferred is not null);
        if (spec.Preferred is { } preferred)
        {
            writer.Text(preferred.Value);
        }

        writer.Text(spec.Channel);
        writer.Text(spec.Description);
        CommonParts.Write(ref writer, spec.Partner);
        CommonParts.Write(ref writer, spec.Labels);
    }

    private static RequestSpec ReadSpec(ref RecordReader reader, string problem) =>
        new(
            new CustomerId(reader.Id()),
            problem,
            CommonParts.ReadSkillNeeds(ref reader),
            reader.Position(),
            CommonParts.ReadWords(ref reader),
            reader.Bool() ? (Severity)reader.Choice((int)Severity.Critical) : null,
            reader.OptionalTime(),
            reader.OptionalTime(),
            reader.Bool() ? new HelperId(reader.Id()) : null,
            reader.Text(),
            reader.Text())
        {
            Partner = CommonParts.ReadPartner(ref reader),
            Labels = CommonParts.ReadLabels(ref reader),
        };

    private static void WriteProblem(ref RecordWriter writer, Problem problem)
    {
        writer.Text(problem.Name);
        writer.Text(problem.Title);
        CommonParts.Write(ref writer, problem.Skills);
        writer.Byte((byte)problem.Severity);
        writer.Duration(problem.Duration);
        foreach (TimeSpan deadline in problem.Deadlines)
        {
            writer.Duration(deadline);
        }

        writer.Count(problem.Rungs.Length);
        foreach (Rung rung in problem.Rungs)
        {
            WriteRung(ref writer, rung);
        }

        writer.Signed(problem.DemandWeight);
    }

    private static Problem ReadProblem(ref RecordReader reader)
    {
        string name = reader.Text();
        string title = reader.Text();
        ImmutableArray<SkillNeed> skills = CommonParts.ReadSkillNeeds(ref reader);
        Severity severity = (Severity)reader.Choice((int)Severity.Critical);
        TimeSpan duration = reader.Duration();
        TimeSpan[] deadlines = new TimeSpan[(int)Severity.Critical + 1];
        foreach (ref TimeSpan deadline in deadlines.AsSpan())
        {
            deadline = reader.Duration();
        }

        Rung[] rungs = new Rung[reader.Count(CommonParts.MaxItems)];
        if (rungs.Length == 0)
        {
            throw reader.Garbled("a problem without a rung");
        }

        foreach (ref Rung rung in rungs.AsSpan())
        {
            rung = ReadRung(ref reader);
        }

        return new Problem(
            name, title, skills, severity, duration, ImmutableCollectionsMarshal.AsImmutableArray(deadlines),
            ImmutableCollectionsMarshal.AsImmutableArray(rungs), reader.SignedInt32());
    }

    private static void WriteRung(ref RecordWriter writer, Rung rung)
    {
        writer.Byte((byte)rung.Tier);
        writer.Byte((byte)rung.MinSeverity);
        CommonParts.Write(ref writer, rung.Channels);
        writer.Count(rung.Parallel);
        writer.Duration(rung.OfferLifetime);
        writer.Duration(rung.Budget);
        writer.Count(rung.RadiusMeters);
        writer.Count(rung.RelaxLevels);
        writer.Byte((byte)rung.WhenEmpty);
        WriteMoney(ref writer, rung.Price);
        WriteMoney(ref writer, rung.TripPay);
    }

    private static Rung ReadRung(ref RecordReader reader) => new(
        (Tier)reader.Choice((int)Tier.Partner),
        (Severity)reader.Choice((int)Severity.Critical),
        CommonParts.ReadWords(ref reader),
        reader.Int32(),
        reader.Duration(),
        reader.Duration(),
        reader.Int32(),
        reader.Int32(),
        (WhenEmpty)reader.Choice((int)WhenEmpty.Climb),
        ReadMoney(ref reader),
        ReadMoney(ref reader));

    private static void WriteMoney(ref RecordWriter writer, Money money)
    {
        writer.Signed(money.Amount);
        writer.Text(money.Currency);
    }

    private static Money ReadMoney(ref RecordReader reader) => new(reader.Signed(), reader.Text());
}
