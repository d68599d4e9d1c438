-- Rows of the working papers, as coverage of clauses and progress count them. They follow from the audit's record;
-- here once for the audits that are there already, whose rows carry neither numbers nor results.

CREATE TABLE audit_check (
    audit INTEGER NOT NULL REFERENCES audit (id),
    number INTEGER NOT NULL,
    clause TEXT NOT NULL,
    result TEXT NOT NULL,
    examined INTEGER NOT NULL,
    PRIMARY KEY (audit, number)
);
CREATE INDEX audit_check_clause ON audit_check (clause, examined, audit);
CREATE INDEX audit_days ON audit (from_day, to_day);

INSERT INTO audit_check (audit, number, clause, result, examined) -- sqlite: JSON lists; a PostgreSQL catalog begins with this table
SELECT a.id, j.key + 1, coalesce(j.value ->> 'clause', ''), '', 0 FROM audit a, json_each(a.record, '$.checklist') j; -- sqlite: JSON lists
