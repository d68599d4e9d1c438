-- Management reviews. Rows as in 0001: the canonical record, and beside it what lists filter and sort by.

CREATE TABLE management_review (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,
    bundle TEXT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX management_review_day ON management_review (day);
