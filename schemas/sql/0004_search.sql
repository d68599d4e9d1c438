-- Full text over findings, and the numbers behind the dashboard; both follow the finding table by triggers.

CREATE VIEW finding_text AS
SELECT id, ref, title,
       record ->> 'requirement' AS requirement,
       record ->> 'objective_evidence' AS objective_evidence,
       record ->> 'nature' AS nature,
       record ->> 'risk' AS risk,
       record ->> 'process' AS process,
       record ->> 'service' AS service
FROM finding;

CREATE VIRTUAL TABLE finding_search USING fts5 ( -- sqlite: PostgreSQL has its own full text
    ref, title, requirement, objective_evidence, nature, risk, process, service,
    content = 'finding_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER finding_search_insert AFTER INSERT ON finding -- sqlite:
BEGIN
    INSERT INTO finding_search (rowid, ref, title, requirement, objective_evidence, nature, risk, process, service)
    VALUES (new.id, new.ref, new.title, new.record ->> 'requirement', new.record ->> 'objective_evidence',
            new.record ->> 'nature', new.record ->> 'risk', new.record ->> 'process', new.record ->> 'service');
END;

CREATE TRIGGER finding_search_update AFTER UPDATE OF title, record ON finding -- sqlite:
WHEN old.title IS NOT new.title
    OR (old.record ->> 'requirement') IS NOT (new.record ->> 'requirement')
    OR (old.record ->> 'objective_evidence') IS NOT (new.record ->> 'objective_evidence')
    OR (old.record ->> 'nature') IS NOT (new.record ->> 'nature')
    OR (old.record ->> 'risk') IS NOT (new.record ->> 'risk')
    OR (old.record ->> 'process') IS NOT (new.record ->> 'process')
    OR (old.record ->> 'service') IS NOT (new.record ->> 'service')
BEGIN
    INSERT INTO finding_search (finding_search, rowid, ref, title, requirement, objective_evidence, nature, risk,
                                process, service)
    VALUES ('delete', old.id, old.ref, old.title, old.record ->> 'requirement',
            old.record ->> 'objective_evidence', old.record ->> 'nature', old.record ->> 'risk',
            old.record ->> 'process', old.record ->> 'service');
    INSERT INTO finding_search (rowid, ref, title, requirement, objective_evidence, nature, risk, process, service)
    VALUES (new.id, new.ref, new.title, new.record ->> 'requirement', new.record ->> 'objective_evidence',
            new.record ->> 'nature', new.record ->> 'risk', new.record ->> 'process', new.record ->> 'service');
END;

CREATE TABLE finding_tally (
    audit INTEGER NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (audit, class, state)
);

CREATE TRIGGER finding_tally_insert AFTER INSERT ON finding -- sqlite:
BEGIN
    INSERT INTO finding_tally (audit, class, state, open, count)
    VALUES (new.audit, new.class, new.state, new.open, 1)
    ON CONFLICT (audit, class, state) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER finding_tally_update AFTER UPDATE OF audit, class, state ON finding -- sqlite:
WHEN old.audit <> new.audit OR old.class <> new.class OR old.state <> new.state
BEGIN
    UPDATE finding_tally SET count = count - 1
    WHERE audit = old.audit AND class = old.class AND state = old.state;
    INSERT INTO finding_tally (audit, class, state, open, count)
    VALUES (new.audit, new.class, new.state, new.open, 1)
    ON CONFLICT (audit, class, state) DO UPDATE SET count = count + 1;
END;
