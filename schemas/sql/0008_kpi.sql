-- Key performance indicators and the series of their measurements.

CREATE TABLE kpi (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    process TEXT NOT NULL,
    service TEXT NOT NULL,
    owner INTEGER REFERENCES party (id),
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX kpi_process ON kpi (process);
CREATE INDEX kpi_service ON kpi (service);
CREATE INDEX kpi_owner ON kpi (owner);

CREATE TABLE kpi_series (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    kpi INTEGER NOT NULL REFERENCES kpi (id),
    evidence INTEGER NOT NULL REFERENCES evidence_version (id),
    computed SMALLINT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    rev BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX kpi_series_kpi ON kpi_series (kpi);
CREATE INDEX kpi_series_evidence ON kpi_series (evidence);
