-- Keeping the house: where sessions come from, what was proved when, and the work that administrators begin. None of
-- this is evidence, so none has records; events tell what happened.

ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';

-- The last look at each object of the archive. `proved` is when it was last found intact.
CREATE TABLE object_proof (
    digest TEXT NOT NULL PRIMARY KEY,
    outcome TEXT NOT NULL,
    proved BIGINT,
    tried BIGINT NOT NULL
);
CREATE INDEX object_proof_outcome ON object_proof (outcome);

-- Work in the background that somebody began: a scrub, a check of the ledger, a backup, the test of one.
CREATE TABLE work_run (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    began BIGINT NOT NULL,
    ended BIGINT,
    outcome TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    summary TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX work_run_kind ON work_run (kind, id);

CREATE TABLE work_problem (
    run INTEGER NOT NULL REFERENCES work_run (id),
    position BIGINT NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (run, position)
);

-- One row for each day, so that growth can be shown.
CREATE TABLE storage_sample (
    day TEXT NOT NULL PRIMARY KEY,
    database_bytes BIGINT NOT NULL,
    archive_bytes BIGINT NOT NULL,
    objects BIGINT NOT NULL,
    bundle_bytes BIGINT NOT NULL
);
