-- Witnesses of the ledger, the heads they cosigned, and the head that stands in each bundle. None of this is
-- evidence, so none has records; events tell what happened to it, and each head carries its own signatures.

CREATE TABLE witness (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    verifier_key TEXT NOT NULL,
    added BIGINT NOT NULL,
    removed BIGINT
);
CREATE UNIQUE INDEX witness_name ON witness (name) WHERE removed IS NULL;

CREATE TABLE cosigned (
    witness INTEGER NOT NULL REFERENCES witness (id),
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (witness, size)
);

CREATE TABLE bundle_head (
    bundle TEXT NOT NULL PRIMARY KEY REFERENCES bundle (ref),
    size BIGINT NOT NULL REFERENCES checkpoint (size)
);
CREATE INDEX bundle_head_size ON bundle_head (size);
