-- What lists, maps and key figures are made of. All of it follows from the event log up to read_progress.

CREATE TABLE read_progress (
    id  INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
);

CREATE TABLE read_helpers (
    id       TEXT    NOT NULL PRIMARY KEY,
    partner  TEXT,
    tier     INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    on_duty  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX read_helpers_by_partner ON read_helpers (partner, id) WHERE partner IS NOT NULL;

-- The key is the sequence of request.submitted.
CREATE TABLE read_requests (
    seq                  INTEGER PRIMARY KEY,
    id                   TEXT    NOT NULL UNIQUE,
    customer             TEXT    NOT NULL,
    partner              TEXT,
    status               INTEGER NOT NULL,
    cell                 INTEGER NOT NULL,
    helper               TEXT,
    wanted_since         INTEGER,
    problem              TEXT    NOT NULL,
    channel              TEXT    NOT NULL,
    first_tier           INTEGER,
    submitted_at         INTEGER NOT NULL,
    offered_at           INTEGER,
    assigned_at          INTEGER,
    en_route_at          INTEGER,
    arrived_at           INTEGER,
    ended_at             INTEGER,
    first_visit_resolved INTEGER,
    resolved             INTEGER NOT NULL,
    offers_issued        INTEGER NOT NULL,
    offers_accepted      INTEGER NOT NULL,
    assignments          INTEGER NOT NULL,
    arrivals             INTEGER NOT NULL,
    travel_seconds       REAL    NOT NULL
);

-- Lists are newest first: each ends in that order.
CREATE INDEX read_requests_by_time ON read_requests (submitted_at, seq);
CREATE INDEX read_requests_by_status ON read_requests (status, submitted_at, seq);
CREATE INDEX read_requests_by_customer ON read_requests (customer, submitted_at, seq);
CREATE INDEX read_requests_by_partner ON read_requests (partner, submitted_at, seq) WHERE partner IS NOT NULL;
CREATE INDEX read_requests_by_cell ON read_requests (cell);
CREATE INDEX read_requests_open ON read_requests (seq) WHERE ended_at IS NULL;

-- The sequence is that of the first offer.issued.
CREATE TABLE read_offers (
    seq          INTEGER NOT NULL,
    id           TEXT    NOT NULL PRIMARY KEY,
    request      TEXT    NOT NULL,
    helper       TEXT    NOT NULL,
    status       INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    issued_at    INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    eta_seconds  INTEGER NOT NULL,
    fee_amount   INTEGER NOT NULL,
    fee_currency TEXT    NOT NULL,
    ended_at     INTEGER
);

CREATE INDEX read_offers_by_helper ON read_offers (helper, seq);
CREATE INDEX read_offers_live ON read_offers (seq) WHERE ended_at IS NULL;

-- Time on duty by quarter of an hour (counted since 1970) and tier, and who is on duty now.
CREATE TABLE read_duty (
    quarter     INTEGER NOT NULL,
    tier        INTEGER NOT NULL,
    bound_ms    INTEGER NOT NULL,
    capacity_ms INTEGER NOT NULL,
    PRIMARY KEY (quarter, tier)
) WITHOUT ROWID;

CREATE TABLE read_duty_now (
    tier       INTEGER NOT NULL PRIMARY KEY,
    seats      INTEGER NOT NULL,
    jobs       INTEGER NOT NULL,
    counted_until INTEGER NOT NULL
) WITHOUT ROWID;
