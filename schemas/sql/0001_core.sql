-- Accounts, criteria, audits, findings, actions, evidence, requests and bundles.
--
-- Each entity's row holds its canonical record (the text whose SHA-256 the ledger commits to) and, beside it, the
-- columns that lists filter and sort by. Columns and side tables always follow from the record; `tickmark check`
-- derives them anew and compares. Days are ISO texts, moments are microseconds since 1970 in UTC.

CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE party (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled SMALLINT NOT NULL,
    valid_until TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX party_role ON party (role, ref);

CREATE TABLE catalog (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    source TEXT NOT NULL,
    clauses BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);

CREATE TABLE clause (
    catalog INTEGER NOT NULL REFERENCES catalog (id),
    position BIGINT NOT NULL,
    code TEXT NOT NULL,
    parent TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (catalog, code)
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    auditee TEXT NOT NULL,
    catalog TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX audit_state ON audit (state);
CREATE INDEX audit_type ON audit (type);
CREATE INDEX audit_catalog ON audit (catalog);

CREATE TABLE audit_team (
    audit INTEGER NOT NULL REFERENCES audit (id),
    party INTEGER NOT NULL REFERENCES party (id),
    lead SMALLINT NOT NULL,
    PRIMARY KEY (audit, party)
);
CREATE INDEX audit_team_party ON audit_team (party, audit);

CREATE TABLE audit_share (
    audit INTEGER NOT NULL REFERENCES audit (id),
    party INTEGER NOT NULL REFERENCES party (id),
    until_day TEXT NOT NULL,
    PRIMARY KEY (audit, party)
);
CREATE INDEX audit_share_party ON audit_share (party, audit);

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    audit INTEGER NOT NULL REFERENCES audit (id),
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    title TEXT NOT NULL,
    clauses TEXT NOT NULL,
    owner INTEGER REFERENCES party (id),
    repeat_of TEXT NOT NULL,
    response_due TEXT,
    close_due TEXT,
    evidence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX finding_audit ON finding (audit);
CREATE INDEX finding_class ON finding (class);
CREATE INDEX finding_state ON finding (state);
CREATE INDEX finding_open ON finding (open);
CREATE INDEX finding_owner ON finding (owner, open);
CREATE INDEX finding_close_due ON finding (close_due);
CREATE INDEX finding_open_due ON finding (open, close_due, id, audit, state);
CREATE INDEX finding_repeat_of ON finding (repeat_of) WHERE repeat_of <> '';

CREATE TABLE finding_clause (
    finding INTEGER NOT NULL REFERENCES finding (id),
    clause TEXT NOT NULL,
    PRIMARY KEY (finding, clause)
);
CREATE INDEX finding_clause_code ON finding_clause (clause, finding);

CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    finding INTEGER NOT NULL REFERENCES finding (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    title TEXT NOT NULL,
    owner INTEGER REFERENCES party (id),
    owner_role TEXT NOT NULL,
    due TEXT,
    done_on TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX action_finding ON action (finding, state);
CREATE INDEX action_state ON action (state);
CREATE INDEX action_open_due ON action (open, due, finding);
CREATE INDEX action_owner ON action (owner, open);
CREATE INDEX action_owner_finding ON action (owner, finding);
CREATE INDEX action_due ON action (due);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    audit INTEGER NOT NULL REFERENCES audit (id),
    title TEXT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX evidence_audit ON evidence (audit);

CREATE TABLE evidence_version (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    evidence INTEGER NOT NULL REFERENCES evidence (id),
    number BIGINT NOT NULL,
    audit INTEGER NOT NULL REFERENCES audit (id),
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    original_name TEXT NOT NULL,
    state TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    valid_until TEXT,
    received_by INTEGER REFERENCES party (id),
    received_at BIGINT NOT NULL,
    ledger_position BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (evidence, number)
);
CREATE INDEX evidence_version_audit ON evidence_version (audit);
CREATE INDEX evidence_version_digest ON evidence_version (digest);
CREATE INDEX evidence_version_state ON evidence_version (state);
CREATE INDEX evidence_version_received_by ON evidence_version (received_by);
CREATE INDEX evidence_version_valid_until ON evidence_version (valid_until) WHERE valid_until IS NOT NULL;

CREATE TABLE finding_evidence (
    finding INTEGER NOT NULL REFERENCES finding (id),
    version INTEGER NOT NULL REFERENCES evidence_version (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (finding, version)
);
CREATE INDEX finding_evidence_version ON finding_evidence (version, finding);

CREATE TABLE action_evidence (
    action INTEGER NOT NULL REFERENCES action (id),
    version INTEGER NOT NULL REFERENCES evidence_version (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (action, version)
);
CREATE INDEX action_evidence_version ON action_evidence (version, action);

CREATE TABLE evidence_request (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    audit INTEGER NOT NULL REFERENCES audit (id),
    finding INTEGER REFERENCES finding (id),
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    assignee INTEGER REFERENCES party (id),
    due TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX evidence_request_audit ON evidence_request (audit);
CREATE INDEX evidence_request_finding ON evidence_request (finding);
CREATE INDEX evidence_request_assignee ON evidence_request (assignee, state);
CREATE INDEX evidence_request_state ON evidence_request (state);
CREATE INDEX evidence_request_due ON evidence_request (due);

CREATE TABLE request_evidence (
    request INTEGER NOT NULL REFERENCES evidence_request (id),
    version INTEGER NOT NULL REFERENCES evidence_version (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (request, version)
);
CREATE INDEX request_evidence_version ON request_evidence (version, request);

CREATE TABLE bundle (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    audit INTEGER NOT NULL REFERENCES audit (id),
    state TEXT NOT NULL,
    digest TEXT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX bundle_audit ON bundle (audit);
CREATE INDEX bundle_state ON bundle (state);
