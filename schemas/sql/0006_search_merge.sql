-- The full text is merged by the writer in small parts, not by FTS5 whenever 64 pages have gathered: one commit in a
-- hundred waited for such a merge (https://sqlite.org/fts5.html, section 6.8).
INSERT INTO finding_search (finding_search, rank) VALUES ('automerge', 0); -- sqlite: PostgreSQL has its own full text
