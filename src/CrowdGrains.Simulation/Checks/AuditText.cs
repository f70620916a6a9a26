using System.Runtime.CompilerServices;

namespace CrowdGrains.Simulation.Checks;

/// <summary>What an auditor would say: put together only when the rule does not hold.</summary>
[InterpolatedStringHandler]
internal ref struct AuditText
{
    private DefaultInterpolatedStringHandler _text;

    public AuditText(int literalLength, int formattedCount, bool holds, out bool isWanted)
    {
        isWanted = !holds;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
