-- Full text over findings, and the numbers behind the dashboard. Both are written with the finding by the program:
-- triggers cost twice as much (they parse the record for each column and keep a journal for each statement).

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

CREATE TABLE finding_tally (
    audit INTEGER NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (audit, class, state)
);
