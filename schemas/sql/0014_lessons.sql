-- Lessons learned. Rows as in 0001: the canonical record, and beside it what lists filter by.

CREATE TABLE lesson (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    retracted SMALLINT NOT NULL,
    improvement INTEGER REFERENCES improvement_item (id),
    finding INTEGER REFERENCES finding (id),
    audit INTEGER REFERENCES audit (id),
    author INTEGER REFERENCES party (id),
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX lesson_improvement ON lesson (improvement);
CREATE INDEX lesson_finding ON lesson (finding);
CREATE INDEX lesson_audit ON lesson (audit);
CREATE INDEX lesson_retracted ON lesson (retracted);

CREATE TABLE lesson_tag (
    lesson INTEGER NOT NULL REFERENCES lesson (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (lesson, tag)
);
CREATE INDEX lesson_tag_tag ON lesson_tag (tag, lesson);
