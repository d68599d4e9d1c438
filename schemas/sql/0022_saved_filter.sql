-- Filters of lists that people keep under a name. They are habits, not evidence, so they have no records and no events.
CREATE TABLE saved_filter (
    id INTEGER PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES party (id),
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared BIGINT NOT NULL,
    standard BIGINT NOT NULL,
    UNIQUE (party, list, name)
);
CREATE INDEX saved_filter_shared ON saved_filter (list, shared);
