-- Outgoing papers: text with live references until it is signed, then frozen. Dates are yyyymmdd; draft, seen and frozen are JSON that is never queried.

-- One paper. state: draft, waiting, signed, issued. seen holds what each reference said when somebody last looked.
CREATE TABLE outgoing_papers (
    id UUID PRIMARY KEY NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    node_id UUID NOT NULL REFERENCES agencies (id),
    round_id UUID NOT NULL REFERENCES report_rounds (id),
    template_key TEXT NOT NULL,
    template_version BIGINT NOT NULL,
    fragment BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    draft TEXT NOT NULL,
    seen TEXT NOT NULL,
    frozen TEXT NOT NULL,
    version BIGINT NOT NULL,
    maker_id UUID NOT NULL,
    maker_name TEXT NOT NULL,
    number BIGINT,
    number_year BIGINT,
    symbol TEXT NOT NULL,
    issued_on BIGINT,
    signer TEXT NOT NULL,
    generated BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX outgoing_papers_of ON outgoing_papers (owner_id, changed_at DESC, id);
CREATE INDEX outgoing_papers_of_round ON outgoing_papers (round_id);
-- A number is given once a year to one symbol of an agency.
CREATE UNIQUE INDEX outgoing_papers_numbered ON outgoing_papers (owner_id, number_year, symbol, number);

-- What was done to a paper; only added to.
CREATE TABLE outgoing_steps (
    id UUID PRIMARY KEY NOT NULL,
    paper_id UUID NOT NULL REFERENCES outgoing_papers (id),
    at BIGINT NOT NULL,
    actor_id UUID NOT NULL,
    actor_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX outgoing_steps_of ON outgoing_steps (paper_id, at, id);

-- The signed file as it came back, kept by its hash; marks says what was found in it (JSON).
CREATE TABLE outgoing_files (
    id UUID PRIMARY KEY NOT NULL,
    paper_id UUID NOT NULL REFERENCES outgoing_papers (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    marks TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX outgoing_files_of ON outgoing_files (paper_id, at);
