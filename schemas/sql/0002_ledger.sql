-- The ledger: one leaf per event, the hashes of complete subtrees, signed tree heads.

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    leaf TEXT NOT NULL,
    leaf_hash BLOB NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    ref TEXT NOT NULL,
    rev BIGINT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX event_thing ON event (ref, subject);
CREATE INDEX event_kind ON event (kind);
CREATE INDEX event_actor ON event (actor);

-- Level 0 is event.leaf_hash; this table begins with level 1.
CREATE TABLE tree_node (
    level INTEGER NOT NULL,
    idx BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, idx)
) WITHOUT ROWID; -- sqlite: saves a second tree; PostgreSQL leaves it out

CREATE TABLE checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    root BLOB NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    kept SMALLINT NOT NULL
);

CREATE TRIGGER event_stays BEFORE UPDATE ON event -- sqlite: PostgreSQL needs a function for each trigger
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER event_remains BEFORE DELETE ON event -- sqlite:
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;

CREATE TRIGGER tree_node_stays BEFORE UPDATE ON tree_node -- sqlite:
BEGIN SELECT RAISE(ABORT, 'a tree node is never changed'); END;

CREATE TRIGGER tree_node_remains BEFORE DELETE ON tree_node -- sqlite:
BEGIN SELECT RAISE(ABORT, 'a tree node is never removed'); END;
