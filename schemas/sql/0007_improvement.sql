-- The improvement register. Rows as in 0001: the canonical record, and beside it what lists filter and sort by.

CREATE TABLE improvement_item (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    title TEXT NOT NULL,
    process TEXT NOT NULL,
    service TEXT NOT NULL,
    objective TEXT NOT NULL,
    kpi TEXT NOT NULL,
    owner INTEGER REFERENCES party (id),
    created_by INTEGER REFERENCES party (id),
    finding INTEGER REFERENCES finding (id),
    score BIGINT NOT NULL,
    progress BIGINT NOT NULL,
    due TEXT,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX improvement_item_state ON improvement_item (state);
CREATE INDEX improvement_item_open_due ON improvement_item (open, due);
CREATE INDEX improvement_item_owner ON improvement_item (owner, open);
CREATE INDEX improvement_item_created_by ON improvement_item (created_by);
CREATE INDEX improvement_item_finding ON improvement_item (finding);
CREATE INDEX improvement_item_objective ON improvement_item (objective) WHERE objective <> '';
CREATE INDEX improvement_item_kpi ON improvement_item (kpi) WHERE kpi <> '';

CREATE TABLE improvement_evidence (
    item INTEGER NOT NULL REFERENCES improvement_item (id),
    version INTEGER NOT NULL REFERENCES evidence_version (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (item, version)
);
CREATE INDEX improvement_evidence_version ON improvement_evidence (version, item);
