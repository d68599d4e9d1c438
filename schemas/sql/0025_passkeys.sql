-- Passkeys (WebAuthn): public keys with which people sign in, and the challenges that wait for an answer. None of this is
-- evidence, so none has records; what happens to them is told by events. A challenge is kept as SHA-256 only.

CREATE TABLE passkey (
    credential TEXT NOT NULL PRIMARY KEY,
    party INTEGER NOT NULL REFERENCES party (id),
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    algorithm BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    added BIGINT NOT NULL,
    last_used BIGINT
);
CREATE INDEX passkey_party ON passkey (party);

CREATE TABLE passkey_challenge (
    token TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    party BIGINT NOT NULL,
    rp TEXT NOT NULL,
    origin TEXT NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    begun BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_begun ON passkey_challenge (begun);
