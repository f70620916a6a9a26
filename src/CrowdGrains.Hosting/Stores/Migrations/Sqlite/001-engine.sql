-- The grains' records. With a number as its key the table lies in order of first writing, so that the records of new grains share
-- pages whatever their names are, and a record's size does not weigh on the inner pages of the tree.
CREATE TABLE grains (
    id      INTEGER PRIMARY KEY,
    kind    INTEGER NOT NULL,
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL,
    due     INTEGER,
    state   BLOB    NOT NULL,
    length  INTEGER NOT NULL,
    UNIQUE (kind, key)
);

-- The event log. Appended to only, so that its pages fill one after the other.
CREATE TABLE events (
    seq       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    grain     TEXT    NOT NULL,
    grain_seq INTEGER NOT NULL,
    request   TEXT,
    type      TEXT    NOT NULL,
    actor     TEXT    NOT NULL,
    data      BLOB    NOT NULL
);

-- The timeline of a request.
CREATE INDEX events_by_request ON events (request) WHERE request IS NOT NULL;

-- Written to find out whether the store takes writes.
CREATE TABLE probe (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
);
