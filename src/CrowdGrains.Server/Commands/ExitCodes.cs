namespace CrowdGrains.Server.Commands;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 1;

    /// <summary>A file or its contents cannot be used.</summary>
    public const int Input = 2;

    /// <summary>What ran went wrong.</summary>
    public const int Failure = 3;

    /// <summary>Interrupted with Ctrl+C.</summary>
    public const int Cancelled = 130;
}
