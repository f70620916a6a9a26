using System.Collections.Concurrent;
using CrowdGrains.Api.Events;
using CrowdGrains.Api.Leaders;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// Runs what sends events to webhooks: one pump that makes deliveries, a sender for each webhook, and a tidier. Of several processes over a
/// store the leader does this.
/// </summary>
internal sealed partial class WebhookDispatcher : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, WebhookSender> _senders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<WebhookSender, Task> _sending = new();
    private readonly IStore _store;
    private readonly Leadership _leadership;
    private readonly WebhookRegister _register;
    private readonly WebhookPump _pump;
    private readonly WebhookTidier _tidier;
    private readonly WebhookTransport _transport;
    private readonly SenderParts _parts;
    private readonly ILogger<WebhookDispatcher> _log;
    private CancellationToken _stopping;

    public WebhookDispatcher(
        IDispatchEngine engine,
        IStore store,
        Leadership leadership,
        WebhookRegister register,
        EventVisibility visibility,
        EncodedEvents encoded,
        WebhookOptions options,
        TimeProvider clock,
        ILogger<WebhookDispatcher> log)
    {
        _store = store;
        _leadership = leadership;
        _register = register;
        _log = log;
        DeliveryTable deliveries = new(store);
        PatientWriter writer = new(engine, clock);
        _transport = new WebhookTransport(options, clock);
        _pump = new WebhookPump(engine.Events, register, visibility, deliveries, writer, clock, log);
        _tidier = new WebhookTidier(register, deliveries, writer, options, clock, log);
        _parts = new SenderParts(
            register, deliveries, writer, _transport, engine.Events, encoded, new SemaphoreSlim(options.Concurrency), options, clock);
    }

    /// <exception cref="StoreException">The webhooks cannot be read.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Whoever leads from the start serves them from the start; to another, who led before may have left them changed.
        await _register.ReadAsync(_store, cancellationToken).ConfigureAwait(false);
        _leadership.Prepare(cancellation => _register.ReadAsync(_store, cancellation));
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        base.Dispose();
        _transport.Dispose();
        _parts.Attempts.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _leadership.EachTermAsync(RunAsync, stoppingToken);

    private async Task RunAsync(CancellationToken term)
    {
        _stopping = term;
        _register.Changed = Wake;
        foreach (RegisteredWebhook webhook in _register.All)
        {
            Wake(webhook.Id);
        }

        await Task.WhenAll(SuperviseAsync("the pump", _pump.RunAsync), SuperviseAsync("the tidier", _tidier.RunAsync)).ConfigureAwait(false);
        _register.Changed = _ => { };
        await Task.WhenAll(_sending.Values).ConfigureAwait(false);
    }

    private void Wake(string id)
    {
        WebhookSender sender = _senders.GetOrAdd(id, static (key, self) => new WebhookSender(key, self._parts, self._log), this);
        sender.Wake();
        if (!_stopping.IsCancellationRequested)
        {
            _sending.GetOrAdd(sender, static (ready, wake) => Task.Run(() => wake.Self.SendAsync(wake.Id, ready)), (Self: this, Id: id));
        }
    }

    private async Task SendAsync(string id, WebhookSender sender)
    {
        await SuperviseAsync(id, sender.RunAsync).ConfigureAwait(false);
        _senders.TryRemove(id, out _);
        _sending.TryRemove(sender, out _);
    }

    /// <summary>Runs until it ends by itself or all of it stops. What nobody thought of is logged, and it begins again.</summary>
    private async Task SuperviseAsync(string what, Func<CancellationToken, Task> run)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await run(_stopping).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge: one webhook's failure must not end the others, nor the process.
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                LogFailed(what, unexpected);
                await Task.Delay(PauseAfterFailure, _parts.Clock, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending events to webhooks failed in {What}; it begins again in a while.")]
    private partial void LogFailed(string what, Exception unexpected);
}
