-- The improvement policy in versions. Rows as in 0001: the canonical record, and beside it what lists filter
-- and sort by.

CREATE TABLE policy_version (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    effective_on TEXT,
    review_on TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
