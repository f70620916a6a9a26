-- Who writes the tables of the read model. A write in the name of an earlier writer breaks the check, and with it everything it came with.
ALTER TABLE read_progress ADD COLUMN writer text NOT NULL DEFAULT '';
ALTER TABLE read_progress ADD CONSTRAINT read_progress_writer CHECK (seq >= 0);
