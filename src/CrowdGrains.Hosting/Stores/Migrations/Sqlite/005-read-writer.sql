-- Who writes the tables of the read model. A write in the name of an earlier writer breaks the check, and with it everything it came with.
CREATE TABLE read_progress_new (
    id     INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL CHECK (seq >= 0),
    writer TEXT    NOT NULL DEFAULT ''
);

INSERT INTO read_progress_new (id, seq) SELECT id, seq FROM read_progress;
DROP TABLE read_progress;
ALTER TABLE read_progress_new RENAME TO read_progress;
