-- Links in what is public that lead nowhere, as the last look found them. status: what readers meet there, as HTTP has it (401: they are asked to sign in;
-- 410: another site says that it was withdrawn); below 100, of another site: 1 no such site, 2 no answer, 3 it cannot show that it is itself.
-- kind, item_id: the thing in which it stands, by the name of the day of the look; agency_id: whose that is, null for the whole portal; desk: where it is mended.
CREATE TABLE dead_links (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    item_id UUID NOT NULL,
    agency_id UUID REFERENCES agencies (id),
    title TEXT NOT NULL,
    desk TEXT NOT NULL,
    address TEXT NOT NULL,
    words TEXT NOT NULL,
    status BIGINT NOT NULL,
    outside BOOLEAN NOT NULL
);
CREATE INDEX dead_links_of ON dead_links (kind, item_id);
CREATE INDEX dead_links_by_agency ON dead_links (agency_id);

-- The last look: when (milliseconds), and at how many links of this site and to others.
CREATE TABLE link_looks (
    at BIGINT PRIMARY KEY NOT NULL,
    links BIGINT NOT NULL,
    outside BIGINT NOT NULL
);

-- What was met at addresses of other sites. hash: SHA-256 of the address. status as above, 0: fine or not for us to say. failed: on how many days in a
-- row there was nothing, at last at checked_at (milliseconds).
CREATE TABLE outside_links (
    hash TEXT PRIMARY KEY NOT NULL,
    status BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    checked_at BIGINT NOT NULL
);
