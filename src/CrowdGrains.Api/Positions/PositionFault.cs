namespace CrowdGrains.Api.Positions;

/// <summary>Why a line was not accepted; with the code that goes out.</summary>
internal enum PositionFault : byte
{
    None,

    /// <summary>Not one JSON object.</summary>
    InvalidJson,

    /// <summary>A field is missing, unknown, named twice or of the wrong type.</summary>
    Invalid,

    /// <summary>Latitude or longitude are out of range.</summary>
    InvalidPosition,

    /// <summary>Further ahead of the server's clock than a device's clock may be.</summary>
    InvalidTime,
    LineTooLong,

    /// <summary>There is no such helper for this caller.</summary>
    NotFound,
}

internal static class PositionFaults
{
    public static string Code(this PositionFault fault) => fault switch
    {
        PositionFault.InvalidJson => "invalid-json",
        PositionFault.Invalid => "invalid",
        PositionFault.InvalidPosition => "invalid-position",
        PositionFault.InvalidTime => "invalid-time",
        PositionFault.LineTooLong => "line-too-long",
        PositionFault.NotFound => "not-found",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Has no code."),
    };
}
