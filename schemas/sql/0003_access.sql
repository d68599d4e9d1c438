-- Who may come in. None of these tables is evidence, so none has records; what happens to them is told by events.

CREATE TABLE password (
    party INTEGER NOT NULL PRIMARY KEY REFERENCES party (id),
    encoded TEXT NOT NULL
);

CREATE TABLE session (
    token TEXT NOT NULL PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES party (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    absolute_end BIGINT NOT NULL,
    csrf TEXT NOT NULL
);
CREATE INDEX session_party ON session (party);

CREATE TABLE token (
    name TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    party INTEGER NOT NULL REFERENCES party (id),
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    last_used BIGINT,
    revoked BIGINT
);

CREATE TABLE throttle (
    key TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    since BIGINT NOT NULL,
    last BIGINT NOT NULL
);
