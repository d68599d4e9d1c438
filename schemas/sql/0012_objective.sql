-- Objectives that improvement items serve.

CREATE TABLE objective (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    kpi TEXT NOT NULL,
    owner INTEGER REFERENCES party (id),
    target_on TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX objective_owner ON objective (owner);
