using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// The log of the demo's server and of the demo itself: warnings and worse, as lines; the last few are kept for a display that is
/// drawn over. Errors are counted: a demo with one has failed.
/// </summary>
/// <param name="lines">Where lines go; null when they are only kept.</param>
internal sealed class DemoLog(TextWriter? lines) : ILoggerProvider
{
    private const int Kept = 5;

    /// <summary>What goes wrong without end is not told without end.</summary>
    private const int MaxLines = 200;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = [];
    private long _errors;
    private int _lines;

    public long Errors => Volatile.Read(ref _errors);

    /// <summary>The last few lines, the oldest first.</summary>
    public string[] Last
    {
        get
        {
            lock (_lock)
            {
                return [.. _last];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string line)
    {
        lock (_lock)
        {
            _errors += level >= LogLevel.Error ? 1 : 0;
            _last.Enqueue(line);
            if (_last.Count > Kept)
            {
                _last.Dequeue();
            }

            if (_lines++ < MaxLines)
            {
                lines?.WriteLine(_lines == MaxLines ? "Further warnings and errors are counted only." : line);
            }
        }
    }

    private sealed class LineLogger(DemoLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                string fault = exception is null ? "" : $" {exception}";
                log.Write(logLevel, string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {category}: {formatter(state, exception)}{fault}"));
            }
        }
    }
}
