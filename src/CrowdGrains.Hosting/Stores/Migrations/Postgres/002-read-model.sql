-- What lists, maps and key figures are made of. All of it follows from the event log up to read_progress.

CREATE TABLE read_progress (
    id  bigint PRIMARY KEY,
    seq bigint NOT NULL
);

CREATE TABLE read_helpers (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    partner  text COLLATE "C",
    tier     bigint NOT NULL,
    capacity bigint NOT NULL,
    on_duty  bigint NOT NULL
);

CREATE INDEX read_helpers_by_partner ON read_helpers (partner, id) WHERE partner IS NOT NULL;

-- The key is the sequence of request.submitted.
CREATE TABLE read_requests (
    seq                  bigint PRIMARY KEY,
    id                   text COLLATE "C" NOT NULL UNIQUE,
    customer             text COLLATE "C" NOT NULL,
    partner              text COLLATE "C",
    status               bigint NOT NULL,
    cell                 bigint NOT NULL,
    helper               text COLLATE "C",
    wanted_since         bigint,
    problem              text COLLATE "C" NOT NULL,
    channel              text COLLATE "C" NOT NULL,
    first_tier           bigint,
    submitted_at         bigint NOT NULL,
    offered_at           bigint,
    assigned_at          bigint,
    en_route_at          bigint,
    arrived_at           bigint,
    ended_at             bigint,
    first_visit_resolved bigint,
    resolved             bigint NOT NULL,
    offers_issued        bigint NOT NULL,
    offers_accepted      bigint NOT NULL,
    assignments          bigint NOT NULL,
    arrivals             bigint NOT NULL,
    travel_seconds       double precision NOT NULL
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
    seq          bigint NOT NULL,
    id           text COLLATE "C" PRIMARY KEY,
    request      text COLLATE "C" NOT NULL,
    helper       text COLLATE "C" NOT NULL,
    status       bigint NOT NULL,
    reason       text COLLATE "C" NOT NULL,
    issued_at    bigint NOT NULL,
    expires_at   bigint NOT NULL,
    eta_seconds  bigint NOT NULL,
    fee_amount   bigint NOT NULL,
    fee_currency text COLLATE "C" NOT NULL,
    ended_at     bigint
);

CREATE INDEX read_offers_by_helper ON read_offers (helper, seq);
CREATE INDEX read_offers_live ON read_offers (seq) WHERE ended_at IS NULL;

-- Time on duty by quarter of an hour (counted since 1970) and tier, and who is on duty now.
CREATE TABLE read_duty (
    quarter     bigint NOT NULL,
    tier        bigint NOT NULL,
    bound_ms    bigint NOT NULL,
    capacity_ms bigint NOT NULL,
    PRIMARY KEY (quarter, tier)
);

CREATE TABLE read_duty_now (
    tier       bigint NOT NULL PRIMARY KEY,
    seats      bigint NOT NULL,
    jobs       bigint NOT NULL,
    counted_until bigint NOT NULL
);
