-- Who leads the HTTP interface, and where the others reach it.
CREATE TABLE http_leader (
    id      bigint PRIMARY KEY CHECK (id = 1),
    address text   NOT NULL
);

-- Requests that are being erased, as an answer names them: until then no silo keeps an answer that does.
CREATE TABLE api_erasures (
    name  bytea  NOT NULL PRIMARY KEY,
    until bigint NOT NULL
);
CREATE INDEX api_keys_hash ON api_keys (hash);
