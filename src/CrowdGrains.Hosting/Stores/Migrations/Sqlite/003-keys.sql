-- Keys of the HTTP interface: the SHA-256 hashes of their secrets. metadata is a JSON object.
CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    metadata TEXT
);

-- Answers to POSTs with an Idempotency-Key, by 128 bits of a hash of the caller's key and that one; request is a hash of path and body.
-- No status: the request was claimed and is not answered.
CREATE TABLE api_answers (
    id BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER,
    headers TEXT,
    body BLOB
) WITHOUT ROWID;

CREATE INDEX api_answers_at ON api_answers (at);
