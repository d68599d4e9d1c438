-- How each person is reminded. None of this is evidence, so none has records.

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
