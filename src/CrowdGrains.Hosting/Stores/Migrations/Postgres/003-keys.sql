-- Keys of the HTTP interface: the SHA-256 hashes of their secrets. metadata is a JSON object.
CREATE TABLE api_keys (
    id text NOT NULL PRIMARY KEY,
    scope text NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    created_at bigint NOT NULL,
    external_id text NOT NULL,
    metadata text
);

-- Answers to POSTs with an Idempotency-Key, by 128 bits of a hash of the caller's key and that one; request is a hash of path and body.
-- No status: the request was claimed and is not answered.
CREATE TABLE api_answers (
    id bytea NOT NULL PRIMARY KEY,
    request bytea NOT NULL,
    at bigint NOT NULL,
    status bigint,
    headers text,
    body bytea
);

CREATE INDEX api_answers_at ON api_answers (at);
