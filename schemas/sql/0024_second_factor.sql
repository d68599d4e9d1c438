-- A second factor at sign-in: codes by time (RFC 6238). None of this is evidence, so none has records; what happens to
-- them is told by events. The secret must be readable to compute codes with; recovery codes and pending sign-ins are
-- kept as SHA-256 only.

CREATE TABLE second_factor (
    party INTEGER NOT NULL PRIMARY KEY REFERENCES party (id),
    secret TEXT NOT NULL,
    begun BIGINT NOT NULL,
    confirmed BIGINT,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    party INTEGER NOT NULL REFERENCES party (id),
    code TEXT NOT NULL,
    PRIMARY KEY (party, code)
);

CREATE TABLE pending_sign_in (
    token TEXT NOT NULL PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES party (id),
    begun BIGINT NOT NULL
);
CREATE INDEX pending_sign_in_party ON pending_sign_in (party);
