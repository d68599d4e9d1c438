-- Feedback and service reviews. Rows as in 0001: the canonical record, and beside it what lists filter by.

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    side TEXT NOT NULL,
    kind TEXT NOT NULL,
    received TEXT,
    service TEXT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX feedback_state ON feedback (state);

CREATE TABLE service_review (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    service TEXT NOT NULL,
    held_on TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX service_review_state ON service_review (state);
