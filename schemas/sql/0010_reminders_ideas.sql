-- How each person is reminded, and what people add to the idea bank. None of this is evidence, so none has records;
-- events tell what happened to it.

-- The secret in the address of a person's calendar feed, as its SHA-256; whoever knows the address reads the feed.
CREATE TABLE calendar_feed (
    party INTEGER NOT NULL PRIMARY KEY REFERENCES party (id),
    secret TEXT NOT NULL UNIQUE,
    created BIGINT NOT NULL
);

CREATE TABLE mail_address (
    party INTEGER NOT NULL PRIMARY KEY REFERENCES party (id),
    address TEXT NOT NULL
);

-- One row for each day and person that a digest was begun for. It is written before the mail goes out, so that
-- whatever happens then, nobody is written to twice.
CREATE TABLE digest (
    party INTEGER NOT NULL REFERENCES party (id),
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (party, day)
);

-- Ideas that people add to the bank; the built-in ones come with the program. A withdrawn one stays, unlisted.
CREATE TABLE idea (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    process TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    kpi TEXT NOT NULL,
    unit TEXT NOT NULL,
    direction TEXT NOT NULL,
    rule TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES party (id),
    added BIGINT NOT NULL,
    withdrawn BIGINT
);
