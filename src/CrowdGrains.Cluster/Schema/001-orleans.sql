-- Where the silos of a cluster find each other, and the reminders. Orleans knows the tables only through the statements in OrleansQuery.

-- The version of a cluster's list of silos. Whoever adds or changes a silo names the version it has seen, and makes the next; of two who
-- have seen the same, one is refused and looks again.
CREATE TABLE cluster_versions (
    cluster text COLLATE "C" NOT NULL PRIMARY KEY,
    version int NOT NULL DEFAULT 0
);

-- A silo that starts again at the same address is another, by its generation. Status as in Orleans' SiloStatus: 3 active, 6 dead.
CREATE TABLE cluster_silos (
    cluster    text COLLATE "C" NOT NULL REFERENCES cluster_versions ON DELETE CASCADE,
    address    text COLLATE "C" NOT NULL,
    port       int NOT NULL,
    generation int NOT NULL,
    name       text NOT NULL,
    host       text NOT NULL,
    gateway    int NOT NULL,
    status     int NOT NULL,
    suspicions text,
    started_at timestamptz NOT NULL,
    alive_at   timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- A version is never given twice, so that who knows a reminder from before it was taken away and made anew does not take away the new one.
CREATE SEQUENCE cluster_reminder_versions AS int CYCLE;

CREATE TABLE cluster_reminders (
    service text COLLATE "C" NOT NULL,
    grain   text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    hash    int NOT NULL,
    start   timestamptz NOT NULL,
    period  bigint NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (service, grain, name)
);

-- Each silo looks after the reminders of a range of hashes.
CREATE INDEX cluster_reminders_by_hash ON cluster_reminders (service, hash);

-- Both functions lock the version first: who comes second waits, and then finds another version. What they do is done whole or not at all.

CREATE FUNCTION cluster_add_silo(
    of_cluster text, seen int, at_address text, at_port int, of_generation int, silo_name text, host_name text, gateway_port int,
    with_status int, started timestamptz, alive timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM 1 FROM cluster_versions WHERE cluster = of_cluster AND version = seen FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    INSERT INTO cluster_silos (cluster, address, port, generation, name, host, gateway, status, started_at, alive_at)
    VALUES (of_cluster, at_address, at_port, of_generation, silo_name, host_name, gateway_port, with_status, started, alive)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE cluster_versions SET version = version + 1 WHERE cluster = of_cluster;
    RETURN true;
END $body$;

CREATE FUNCTION cluster_change_silo(
    of_cluster text, seen int, at_address text, at_port int, of_generation int, new_status int, new_suspicions text, alive timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM 1 FROM cluster_versions WHERE cluster = of_cluster AND version = seen FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE cluster_silos SET status = new_status, suspicions = new_suspicions, alive_at = alive
    WHERE cluster = of_cluster AND address = at_address AND port = at_port AND generation = of_generation;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE cluster_versions SET version = version + 1 WHERE cluster = of_cluster;
    RETURN true;
END $body$;

-- What Orleans' providers run, by the keys, parameters and columns that they know. The name of this table is theirs too.
CREATE TABLE OrleansQuery (
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', $sql$
    WITH made AS (INSERT INTO cluster_versions (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM made)
$sql$),
('InsertMembershipKey', $sql$
    SELECT cluster_add_silo(
        @DeploymentId, @Version, @Address, @Port, @Generation, @SiloName, @HostName, @ProxyPort, @Status, @StartTime, @IAmAliveTime)
$sql$),
('UpdateMembershipKey', $sql$
    SELECT cluster_change_silo(@DeploymentId, @Version, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime)
$sql$),
('UpdateIAmAlivetimeKey', $sql$
    UPDATE cluster_silos SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$sql$),
-- The version and the silos are read at one moment; without a silo there is one row, with the version alone.
('MembershipReadAllKey', $sql$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.gateway AS ProxyPort,
        s.status AS Status, s.suspicions AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, v.version AS Version
    FROM cluster_versions v
    LEFT JOIN cluster_silos s ON s.cluster = v.cluster
    WHERE v.cluster = @DeploymentId
$sql$),
('MembershipReadRowKey', $sql$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.gateway AS ProxyPort,
        s.status AS Status, s.suspicions AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, v.version AS Version
    FROM cluster_versions v
    LEFT JOIN cluster_silos s ON s.cluster = v.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE v.cluster = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
    SELECT address AS Address, gateway AS ProxyPort, generation AS Generation
    FROM cluster_silos WHERE cluster = @DeploymentId AND status = @Status AND gateway > 0
$sql$),
('CleanupDefunctSiloEntriesKey', $sql$
    DELETE FROM cluster_silos WHERE cluster = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
    DELETE FROM cluster_versions WHERE cluster = @DeploymentId
$sql$),
('UpsertReminderRowKey', $sql$
    INSERT INTO cluster_reminders AS r (service, grain, name, hash, start, period, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, nextval('cluster_reminder_versions'))
    ON CONFLICT (service, grain, name) DO UPDATE
        SET hash = excluded.hash, start = excluded.start, period = excluded.period, version = excluded.version
    RETURNING r.version AS Version
$sql$),
('ReadReminderRowKey', $sql$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM cluster_reminders WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$sql$),
('ReadReminderRowsKey', $sql$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM cluster_reminders WHERE service = @ServiceId AND grain = @GrainId
$sql$),
-- A range is without its beginning and with its end. Hashes are compared with their sign; this one does not pass over the end of the numbers …
('ReadRangeRows1Key', $sql$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM cluster_reminders WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$sql$),
-- … and this one does, or ends where it begins and is everything.
('ReadRangeRows2Key', $sql$
    SELECT grain AS GrainId, name AS ReminderName, start AS StartTime, period AS Period, version AS Version
    FROM cluster_reminders WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$sql$),
('DeleteReminderRowKey', $sql$
    WITH gone AS (
        DELETE FROM cluster_reminders WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1)
    SELECT EXISTS (SELECT FROM gone)
$sql$),
('DeleteReminderRowsKey', $sql$
    DELETE FROM cluster_reminders WHERE service = @ServiceId
$sql$);
