-- What trends are counted by, beside clause and class: a finding's process, the branches and root causes of its last
-- response, how it was closed and how its actions worked. Written with the finding by the program, as everything
-- beside a record is (domain/Trends.h states each facet); here once for the findings that are there already.

CREATE TABLE finding_facet (
    finding INTEGER NOT NULL REFERENCES finding (id),
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (finding, facet, value)
);
CREATE INDEX finding_facet_value ON finding_facet (facet, value, finding);

INSERT INTO finding_facet (finding, facet, value)
SELECT id, 'process', substr(lower(record ->> 'process'), 1, 200) FROM finding
WHERE coalesce(record ->> 'process', '') <> '';

INSERT INTO finding_facet (finding, facet, value)
SELECT id, 'closure', CASE WHEN close_due IS NULL THEN 'no_date'
    WHEN date(changed_at / 1000000, 'unixepoch') <= close_due THEN 'on_time' ELSE 'late' END -- sqlite: moments
FROM finding WHERE state = 'closed';

INSERT INTO finding_facet (finding, facet, value) -- sqlite: JSON lists; a PostgreSQL catalog begins with this table
SELECT DISTINCT f.id, 'branch', substr(lower(j.value ->> 'branch'), 1, 200)
FROM finding f, json_each(f.record, '$.responses[#-1].fishbone') j; -- sqlite: JSON lists

INSERT INTO finding_facet (finding, facet, value) -- sqlite: JSON lists
SELECT DISTINCT f.id, 'cause', substr(lower(j.value ->> 'text'), 1, 200)
FROM finding f, json_each(f.record, '$.responses[#-1].root_causes') j; -- sqlite: JSON lists

INSERT INTO finding_facet (finding, facet, value) -- sqlite: JSON lists
SELECT f.id, 'effect', min(CASE WHEN j.value ->> 'verdict' = 'effective' THEN 'worked' ELSE 'failed' END)
FROM finding f, json_each(f.record, '$.checks') j -- sqlite: JSON lists
WHERE j.value ->> 'verdict' IS NOT NULL GROUP BY f.id;
