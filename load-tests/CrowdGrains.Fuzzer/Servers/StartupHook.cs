using System.Globalization;

/// <summary>
/// Runs inside the server, before it: the runtime finds it in the assembly that DOTNET_STARTUP_HOOKS names, by this name and in no namespace.
/// For each line on the standard input it collects what is garbage and says how much is left. The server itself knows nothing of it.
/// </summary>
internal static class StartupHook
{
    /// <summary>What the answer begins with; bytes follow.</summary>
    public const string Answer = "live bytes: ";

    public static void Initialize() => new Thread(Listen) { IsBackground = true, Name = "live bytes" }.Start();

    private static void Listen()
    {
        using StreamReader questions = new(Console.OpenStandardInput());
        while (questions.ReadLine() is not null)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Console.Out.WriteLine(Answer + GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture));
        }
    }
}
