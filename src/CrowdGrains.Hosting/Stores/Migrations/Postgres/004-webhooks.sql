-- Who is sent which events. The secrets are kept as they are: they sign. rotated_by is the operation that made
-- the secret, metadata a JSON object.
CREATE TABLE webhooks (
    id               text COLLATE "C" NOT NULL PRIMARY KEY,
    owner            text   NOT NULL,
    url              text   NOT NULL,
    types            text   NOT NULL,
    enabled          bigint NOT NULL,
    disabled_reason  text,
    secret           text   NOT NULL,
    old_secret       text,
    old_secret_until bigint,
    rotated_by       text,
    since            bigint NOT NULL,
    version          bigint NOT NULL,
    created_at       bigint NOT NULL,
    external_id      text   NOT NULL,
    metadata         text
);

-- One event to one webhook. The event stays in the log, so that what is erased there is not sent; only events about webhooks
-- themselves, which are in no log, are kept here: about says which, data is their JSON. Status: 0 pending, 1 delivered, 2 failed.
CREATE TABLE webhook_deliveries (
    webhook         text COLLATE "C" NOT NULL,
    seq             bigint NOT NULL,
    about           text COLLATE "C" NOT NULL,
    type            text   NOT NULL,
    status          bigint NOT NULL,
    attempts        bigint NOT NULL,
    retries         bigint NOT NULL,
    response_status bigint,
    error           text,
    created_at      bigint NOT NULL,
    next_attempt_at bigint NOT NULL,
    data            bytea,
    PRIMARY KEY (webhook, seq, about)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook, next_attempt_at, seq) WHERE status = 0;

-- Up to which event deliveries have been made.
CREATE TABLE webhook_progress (
    id  bigint PRIMARY KEY,
    seq bigint NOT NULL
);
