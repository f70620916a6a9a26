-- Who is sent which events. The secrets are kept as they are: they sign. rotated_by is the operation that made
-- the secret, metadata a JSON object.
CREATE TABLE webhooks (
    id               TEXT    NOT NULL PRIMARY KEY,
    owner            TEXT    NOT NULL,
    url              TEXT    NOT NULL,
    types            TEXT    NOT NULL,
    enabled          INTEGER NOT NULL,
    disabled_reason  TEXT,
    secret           TEXT    NOT NULL,
    old_secret       TEXT,
    old_secret_until INTEGER,
    rotated_by       TEXT,
    since            INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    external_id      TEXT    NOT NULL,
    metadata         TEXT
) WITHOUT ROWID;

-- One event to one webhook. The event stays in the log, so that what is erased there is not sent; only events about webhooks
-- themselves, which are in no log, are kept here: about says which, data is their JSON. Status: 0 pending, 1 delivered, 2 failed.
CREATE TABLE webhook_deliveries (
    webhook         TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    about           TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    status          INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    retries         INTEGER NOT NULL,
    response_status INTEGER,
    error           TEXT,
    created_at      INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    data            BLOB,
    PRIMARY KEY (webhook, seq, about)
) WITHOUT ROWID;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook, next_attempt_at, seq) WHERE status = 0;

-- Up to which event deliveries have been made.
CREATE TABLE webhook_progress (
    id  INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
);
