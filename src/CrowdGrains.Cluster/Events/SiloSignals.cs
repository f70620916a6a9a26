using System.Collections.Concurrent;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>Words from silo to silo, by way of the database. While it is not heard, every word may have been said: all are taken for said once it is.</summary>
internal sealed class SiloSignals : ISignals, IAsyncDisposable
{
    private const string Channel = "crowdgrains_signals";

    private readonly SharedPostgresStore _store;
    private readonly ILogger _log;
    private readonly Loop _loop;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _sending = new(StringComparer.Ordinal);

    public SiloSignals(SharedPostgresStore store, ClusterLimits options, ILogger<SiloSignals> log)
    {
        _store = store;
        _log = log;
        _loop = Loop.OverStore(ListenAsync, options, log);
    }

    public void Start() => _loop.Start();

    public void Send(string topic)
    {
        // One at a time of each: who asks meanwhile wants no more than the one that has not been heard yet.
        if (_sending.TryAdd(topic, true))
        {
            _ = SendAsync(topic);
        }
    }

    public Task NextAsync(string topic) =>
        _waiting.GetOrAdd(topic, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task SendAsync(string topic)
    {
        try
        {
            await using NpgsqlConnection connection = await _store.Postgres.OpenConnectionAsync().ConfigureAwait(false);
            await using NpgsqlCommand notify = new("SELECT pg_notify($1, $2)", connection)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = Channel }, new NpgsqlParameter<string> { TypedValue = topic } },
            };
            _sending.TryRemove(topic, out _);
            await notify.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException fault)
        {
            _sending.TryRemove(topic, out _);
            _log.FollowingFailed(fault.Message);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using NpgsqlConnection connection = await Listening.OpenAsync(_store, Channel, Hear, stopping).ConfigureAwait(false);

        foreach (string topic in _waiting.Keys)
        {
            Hear(topic);
        }

        while (true)
        {
            await connection.WaitAsync(stopping).ConfigureAwait(false);
        }
    }

    private void Hear(string topic)
    {
        if (_waiting.TryRemove(topic, out TaskCompletionSource? heard))
        {
            heard.SetResult();
        }
    }
}
