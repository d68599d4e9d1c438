-- How many findings each owner has, so that a list of one owner's findings is counted without passing them.

CREATE TABLE finding_owner_tally (
    owner INTEGER NOT NULL,
    audit INTEGER NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    open SMALLINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (owner, audit, class, state)
);
INSERT INTO finding_owner_tally (owner, audit, class, state, open, count)
SELECT owner, audit, class, state, open, count(*) FROM finding WHERE owner IS NOT NULL GROUP BY owner, audit, class, state, open;

-- The newest of an owner's findings come along this without a sort.
CREATE INDEX finding_owner_newest ON finding (owner, id);
