-- What the dashboards read: where waiting findings lie in order of date, counts behind the trend review, the month a
-- finding was closed in and the day its check is booked for. All of it follows from the records.

CREATE INDEX finding_state_due ON finding (state, close_due, id, audit);
CREATE INDEX finding_audit_state ON finding (audit, state, close_due);

INSERT INTO finding_facet (finding, facet, value)
SELECT id, 'closed_in', strftime('%Y-%m', changed_at / 1000000, 'unixepoch') -- sqlite: moments
FROM finding WHERE state = 'closed';

INSERT INTO finding_facet (finding, facet, value) -- sqlite: JSON lists; a PostgreSQL catalog begins with this table
SELECT f.id, 'check_on', j.value ->> 'planned_on' FROM finding f, json_each(f.record, '$.checks') j -- sqlite: JSON
WHERE f.state IN ('plan_accepted', 'implemented', 'verified') AND j.value ->> 'verdict' IS NULL
AND j.value ->> 'planned_on' IS NOT NULL AND j.value ->> 'round' = f.record ->> 'round'
GROUP BY f.id HAVING j.key = min(j.key);

-- How many findings that count in trends have this value, in one audit and class; facet 'clause' holds the clauses.
CREATE TABLE trend_tally (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    audit INTEGER NOT NULL,
    class TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (facet, value, audit, class)
);

INSERT INTO trend_tally (facet, value, audit, class, count)
SELECT x.facet, x.value, f.audit, f.class, count(*)
FROM (SELECT finding, facet, value FROM finding_facet
      UNION ALL SELECT finding, 'clause', clause FROM finding_clause) x
JOIN finding f ON f.id = x.finding
WHERE f.state NOT IN ('draft', 'discarded', 'withdrawn') AND f.class <> 'conformity'
GROUP BY x.facet, x.value, f.audit, f.class;
