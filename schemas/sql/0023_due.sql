-- What lists of dates read: the day that an open extension asks for, and for findings indexes that hold all that
-- lists and their counts ask of a finding, so that none is looked up only to be passed over.

ALTER TABLE action ADD COLUMN extension_asked TEXT;
UPDATE action SET extension_asked = ( -- sqlite: JSON lists; a PostgreSQL catalog begins with this column
    SELECT j.value ->> 'asked' FROM json_each(action.record, '$.extensions') j -- sqlite: JSON lists
    WHERE j.value ->> 'approved' IS NULL ORDER BY j.key LIMIT 1)
WHERE record LIKE '%"extensions"%';
CREATE INDEX action_extension ON action (extension_asked) WHERE extension_asked IS NOT NULL;

DROP INDEX finding_close_due;
DROP INDEX finding_open_due;
DROP INDEX finding_audit_state;
DROP INDEX finding_repeat_of;
CREATE INDEX finding_close_due ON finding (close_due, id, audit, class, state, open);
CREATE INDEX finding_open_due ON finding (open, close_due, id, audit, class, state);
CREATE INDEX finding_audit_state ON finding (audit, state, close_due, class, open);
CREATE INDEX finding_repeat_of ON finding (repeat_of, id, audit, class, state, open) WHERE repeat_of <> '';
