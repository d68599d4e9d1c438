-- How each person wants the pages: habits, not evidence, so they have no records and no events.
CREATE TABLE preference (
    party INTEGER PRIMARY KEY REFERENCES party (id),
    theme TEXT NOT NULL,
    density TEXT NOT NULL,
    motion TEXT NOT NULL,
    shortcuts BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    language TEXT NOT NULL
);
