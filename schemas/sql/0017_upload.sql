-- Files on their way in, piece by piece. None of this is evidence yet, so none has records; what becomes of a
-- file is told by the events of the hand-over. The bytes lie in uploads/<id>.part beside the database.

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES party (id),
    length BIGINT NOT NULL,
    -- Bytes that are durable: never more than what stands in the file.
    received BIGINT NOT NULL,
    -- What came with the file: a JSON object of texts, as they were given.
    facts TEXT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    -- The evidence version that it became, like E-0117/v1.
    version TEXT
);
CREATE INDEX upload_party ON upload (party);
CREATE INDEX upload_changed ON upload (changed);
