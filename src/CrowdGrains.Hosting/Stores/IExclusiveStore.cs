namespace CrowdGrains.Hosting.Stores;

/// <summary>A store that one process has for itself. Writes come from one thread, the committer's; loads from another; everything else through <see cref="IStore.Data"/>.</summary>
public interface IExclusiveStore : IStore
{
    /// <summary>Writes a batch atomically. It is durable when the call returns, and undone when it throws, but for a connection that breaks while the store answers.</summary>
    /// <exception cref="StoreException">The store does not take it: it is full, locked, read-only or gone.</exception>
    void Write(StoreBatch batch);

    /// <summary>Copies the whole store, as of one moment, while it is in use. SQLite only; PostgreSQL has <c>pg_dump</c>.</summary>
    /// <exception cref="NotSupportedException">The store is PostgreSQL.</exception>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    void BackUp(string path);
}
