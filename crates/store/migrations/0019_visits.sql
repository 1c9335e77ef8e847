-- How often a public page was read, by day (yyyymmdd) and thing; nothing is kept of who read it. kind: publication | law | law_article | card.
CREATE TABLE visits (
    day BIGINT NOT NULL,
    kind TEXT NOT NULL,
    id UUID NOT NULL,
    views BIGINT NOT NULL,
    PRIMARY KEY (day, kind, id)
);
CREATE INDEX visits_of ON visits (kind, id, day);
