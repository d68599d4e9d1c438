-- Full text over what is not a finding: evidence with its words, actions, improvement items. It is filled behind the
-- ledger, event by event, so it can be thrown away and made again; nothing of it is evidence.

CREATE TABLE search_text (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    entity INTEGER NOT NULL,
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, entity)
);

CREATE VIRTUAL TABLE search_index USING fts5 ( -- sqlite: PostgreSQL has its own full text
    kind, ref, title, body,
    content = 'search_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0); -- sqlite: merged in small parts, as in 0006

-- One row: how far the index has followed the ledger, and with which reader of documents.
CREATE TABLE search_position (
    one INTEGER NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL,
    reader BIGINT NOT NULL
);

-- What became of each evidence version's words, and which reader of documents read it; a newer one reads again.
CREATE TABLE evidence_words (
    version INTEGER NOT NULL PRIMARY KEY REFERENCES evidence_version (id),
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    reader BIGINT NOT NULL
);
