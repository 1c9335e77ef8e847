-- Links in what is public that lead nowhere on this site, as the last look found them. status: what readers meet there, as HTTP has it; 401: they are asked to sign in.
CREATE TABLE dead_links (
    id UUID PRIMARY KEY NOT NULL,
    publication_id UUID NOT NULL REFERENCES publications (id),
    address TEXT NOT NULL,
    words TEXT NOT NULL,
    status BIGINT NOT NULL
);
CREATE INDEX dead_links_of ON dead_links (publication_id);

-- The last look: when (milliseconds), and at how many links of this site.
CREATE TABLE link_looks (
    at BIGINT PRIMARY KEY NOT NULL,
    links BIGINT NOT NULL
);
