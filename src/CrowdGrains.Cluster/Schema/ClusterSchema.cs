using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Postgres;

namespace CrowdGrains.Cluster.Schema;

/// <summary>The schema of a cluster's PostgreSQL database: the store's, and the tables in which silos find each other and keep reminders.</summary>
public static class ClusterSchema
{
    private static readonly PostgresSchema Schema = new("cluster_migrations", Migration.Embedded(typeof(ClusterSchema).Assembly, "Cluster"));

    /// <summary>Brings the database up to date. Every silo may call it when it starts, all at once too.</summary>
    /// <exception cref="StoreException">
    /// The database cannot be reached, is newer than the program, a migration failed, or there is one to apply while a server that wants the
    /// database for itself is at work.
    /// </exception>
    public static void Apply(string connectionString) => Schema.Apply(connectionString);

    /// <summary>Whether there is nothing to apply.</summary>
    /// <exception cref="StoreException">The database cannot be reached, or is newer than the program.</exception>
    public static bool IsCurrent(string connectionString) => Schema.IsCurrent(connectionString);
}
