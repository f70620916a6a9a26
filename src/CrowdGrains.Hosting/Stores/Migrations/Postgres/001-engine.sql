-- The grains' records. Pages keep room, so that a new version of a record stays on its page and no index changes.
CREATE TABLE grains (
    kind    smallint         NOT NULL,
    key     text COLLATE "C" NOT NULL,
    version bigint           NOT NULL,
    due     bigint,
    state   bytea            NOT NULL,
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 80);

-- The event log. Appended to only.
CREATE TABLE events (
    seq       bigint           PRIMARY KEY,
    at        bigint           NOT NULL,
    kind      smallint         NOT NULL,
    grain     text COLLATE "C" NOT NULL,
    grain_seq bigint           NOT NULL,
    request   text COLLATE "C",
    type      text             NOT NULL,
    actor     text             NOT NULL,
    data      bytea            NOT NULL
);

-- The timeline of a request.
CREATE INDEX events_by_request ON events (request, seq) WHERE request IS NOT NULL;

-- Written to find out whether the store takes writes.
CREATE TABLE probe (
    id bigint NOT NULL PRIMARY KEY,
    at bigint NOT NULL
);
