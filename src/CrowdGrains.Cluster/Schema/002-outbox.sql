-- Events on their way to the log, written together with their grains' records. They have no number in the log yet; id gives their order.
CREATE TABLE outbox (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        bigint           NOT NULL,
    kind      smallint         NOT NULL,
    grain     text COLLATE "C" NOT NULL,
    grain_seq bigint           NOT NULL,
    request   text COLLATE "C",
    type      text             NOT NULL,
    actor     text             NOT NULL,
    data      bytea            NOT NULL
);

-- Who is overdue. An embedded engine keeps its timers in memory and does without.
CREATE INDEX grains_due ON grains (due) WHERE due IS NOT NULL;
