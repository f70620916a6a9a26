using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Api.Events;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// Every webhook, in memory: the table is read once, at start, and written before memory changes. Safe for use by many threads at once;
/// changes come one after the other.
/// </summary>
internal sealed class WebhookRegister(IDispatchEngine engine, EncodedEvents encoded, WebhookOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private ImmutableDictionary<string, RegisteredWebhook> _all = ImmutableDictionary<string, RegisteredWebhook>.Empty;

    /// <summary>Told of the id after a webhook was made, changed or deleted, and when there is something for it to do.</summary>
    public Action<string> Changed { get; set; } = _ => { };

    /// <summary>All as of now, in no order.</summary>
    public IEnumerable<RegisteredWebhook> All => Volatile.Read(ref _all).Values;

    public bool IsEmpty => Volatile.Read(ref _all).IsEmpty;

    public bool TryGet(string id, [NotNullWhen(true)] out RegisteredWebhook? webhook) => Volatile.Read(ref _all).TryGetValue(id, out webhook);

    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task ReadAsync(IStore store, CancellationToken cancellation) =>
        Volatile.Write(ref _all, (await WebhookTable.ReadAsync(store, cancellation).ConfigureAwait(false)).ToImmutableDictionary(webhook => webhook.Id));

    /// <summary>Makes a webhook; what happens after the call returns is sent to it. One that is there under the id already is given back.</summary>
    /// <returns>Null when there may be no more.</returns>
    /// <exception cref="UnavailableException">It is not known whether it was made.</exception>
    public async Task<RegisteredWebhook?> AddAsync(
        string id, PartnerId? owner, Uri url, ImmutableArray<string> types, bool isEnabled, Labels labels, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (TryGet(id, out RegisteredWebhook? known))
            {
                return known;
            }

            if (_all.Count >= options.MaxWebhooks || _all.Values.Count(other => other.Owner == owner) >= options.MaxWebhooksPerOwner)
            {
                return null;
            }

            RegisteredWebhook webhook = new(
                id, owner, url, types, isEnabled, null, WebhookSecret.Create(), null, default, engine.Events.LastSequence, 1, Now())
            {
                Labels = labels,
            };
            await SaveAsync([WebhookTable.Save(webhook)], webhook).ConfigureAwait(false);
            return webhook;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Changes a webhook; deliveries that are pending when it is disabled end as failed, and can be asked for again.</summary>
    /// <param name="ifVersion">Null when any will do.</param>
    /// <returns>The webhook as it is now; null when it is gone or of another version.</returns>
    /// <exception cref="UnavailableException">It is not known whether it was changed.</exception>
    public Task<RegisteredWebhook?> ChangeAsync(
        string id, Versions? ifVersion, Func<RegisteredWebhook, RegisteredWebhook> change, CancellationToken cancellation) =>
        ChangeAsync(id, ifVersion, change, DisabledCause.ByOwner, cancellation);

    /// <summary>Makes a new secret; a repeat of the operation finds the one that it made.</summary>
    /// <param name="ifVersion">Null when any will do.</param>
    /// <returns>The webhook as it is now; null when it is gone or of another version.</returns>
    /// <exception cref="UnavailableException">It is not known whether it was changed.</exception>
    public async Task<RegisteredWebhook?> RotateAsync(string id, Versions? ifVersion, OperationId operation, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // A second secret would push out the one that the receiver still checks with.
            if (TryGet(id, out RegisteredWebhook? webhook) && webhook.RotatedBy == operation)
            {
                return webhook;
            }

            if (!TryGet(id, ifVersion, out webhook))
            {
                return null;
            }

            RegisteredWebhook rotated = webhook with
            {
                Secret = WebhookSecret.Create(),
                OldSecret = webhook.Secret,
                OldSecretUntil = Now() + options.OldSecretLife,
                RotatedBy = operation,
                Version = webhook.Version + 1,
            };
            await SaveAsync([WebhookTable.Save(rotated)], rotated).ConfigureAwait(false);
            return rotated;
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<RegisteredWebhook?> ChangeAsync(
        string id, Versions? ifVersion, Func<RegisteredWebhook, RegisteredWebhook> change, DisabledCause cause, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!TryGet(id, ifVersion, out RegisteredWebhook? webhook))
            {
                return null;
            }

            RegisteredWebhook changed = change(webhook) with { Version = webhook.Version + 1 };
            ImmutableArray<SqlWrite> writes;
            if (webhook.IsEnabled && !changed.IsEnabled)
            {
                writes = [WebhookTable.Save(changed), DeliveryTable.EndPending(id, "The webhook was disabled."), .. NoticesOf(changed, cause)];
            }
            else
            {
                // What happened while it was disabled is not made good: the stream of events is for that.
                changed = webhook.IsEnabled ? changed : changed with { Since = engine.Events.LastSequence };
                writes = [WebhookTable.Save(changed)];
            }

            await SaveAsync(writes, changed).ConfigureAwait(false);
            return changed;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Disables a webhook for a reason that its owner is told, unless it is disabled already.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was disabled.</exception>
    public Task DisableAsync(string id, DisabledCause cause, string reason, CancellationToken cancellation) => TryGet(id, out RegisteredWebhook? webhook) && webhook.IsEnabled
        ? ChangeAsync(id, Versions.Of(webhook.Version), current => current with { IsEnabled = false, DisabledReason = reason }, cause, cancellation)
        : Task.CompletedTask;

    /// <summary>Writes a delivery of a webhook while nobody changes it.</summary>
    /// <param name="ifVersion">Null when any will do.</param>
    /// <returns>False when the webhook is gone or of another version.</returns>
    /// <exception cref="UnavailableException">It is not known whether it was written.</exception>
    public async Task<bool> WriteAsync(string id, Versions? ifVersion, DeliveryRow delivery, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!TryGet(id, ifVersion, out _))
            {
                return false;
            }

            await engine.WriteAsync([DeliveryTable.Update(id, delivery)], cancellation).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }

        Changed(id);
        return true;
    }

    /// <summary>Deletes a webhook and its deliveries.</summary>
    /// <param name="ifVersion">Null when any will do.</param>
    /// <returns>False when it is gone or of another version.</returns>
    /// <exception cref="UnavailableException">It is not known whether it was deleted.</exception>
    public async Task<bool> RemoveAsync(string id, Versions? ifVersion, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!TryGet(id, ifVersion, out _))
            {
                return false;
            }

            await engine.WriteAsync([WebhookTable.Delete(id), DeliveryTable.Delete(id)], cancellation).ConfigureAwait(false);
            Volatile.Write(ref _all, _all.Remove(id));
        }
        finally
        {
            _changing.Release();
        }

        Changed(id);
        return true;
    }

    public void Dispose() => _changing.Dispose();

    private bool TryGet(string id, Versions? ifVersion, [NotNullWhen(true)] out RegisteredWebhook? webhook) =>
        TryGet(id, out webhook) && ifVersion?.Include(webhook.Version) != false;

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());

    private async Task SaveAsync(ImmutableArray<SqlWrite> writes, RegisteredWebhook webhook)
    {
        // Written whether or not the caller still waits: memory and table must not part.
        await engine.WriteAsync(writes, CancellationToken.None).ConfigureAwait(false);
        Volatile.Write(ref _all, _all.SetItem(webhook.Id, webhook));
        Changed(webhook.Id);
        foreach (RegisteredWebhook other in _all.Values)
        {
            if (!webhook.IsEnabled && other.Id != webhook.Id)
            {
                Changed(other.Id);
            }
        }
    }

    /// <summary>The event about a disabled webhook, to the others of its owner and to those that are sent everything.</summary>
    private IEnumerable<SqlWrite> NoticesOf(RegisteredWebhook disabled, DisabledCause cause)
    {
        DeliveryRow notice = new DisabledNotice(disabled, cause, encoded.Source, engine.Events.LastSequence, Now()).Delivery;
        return _all.Values
            .Where(other => other.Id != disabled.Id && other.IsEnabled && (other.Owner is null || other.Owner == disabled.Owner))
            .Where(other => other.Filter.Includes(EventTypes.WebhookDisabled))
            .Select(other => DeliveryTable.Insert(other.Id, notice));
    }
}
