-- Access to information (Luật Tiếp cận thông tin). What an agency makes public or still has to; state: "public" | "planned". Days are yyyymmdd.
CREATE TABLE disclosures (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    note TEXT NOT NULL,
    made_on BIGINT NOT NULL,
    link TEXT NOT NULL,
    state TEXT NOT NULL,
    public_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    generated BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX disclosures_by_agency ON disclosures (agency_id, state, made_on DESC, id);
CREATE INDEX disclosures_public ON disclosures (state, made_on DESC, id);
CREATE INDEX disclosures_by_kind ON disclosures (kind, state, made_on DESC, id);

-- Requests of citizens. state: received | accepted | answered | refused. code_hash: SHA-256 of the code that the asker holds. due_on: last day of the next
-- step, 0 when there is none. public_*: the version for everybody, without personal data; public_at is 0 while there is none.
CREATE TABLE info_requests (
    id UUID PRIMARY KEY NOT NULL,
    code_hash TEXT NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    contact_key TEXT NOT NULL,
    address TEXT NOT NULL,
    asked TEXT NOT NULL,
    purpose TEXT NOT NULL,
    way TEXT NOT NULL,
    state TEXT NOT NULL,
    received_on BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    extended BOOLEAN NOT NULL,
    refused_for TEXT NOT NULL,
    answer TEXT NOT NULL,
    done_on BIGINT NOT NULL,
    public_question TEXT NOT NULL,
    public_answer TEXT NOT NULL,
    public_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    generated BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX info_requests_code ON info_requests (code_hash);
CREATE INDEX info_requests_by_agency ON info_requests (agency_id, state, due_on, id);
CREATE INDEX info_requests_public ON info_requests (public_at DESC, id);

-- What was done with a request; only added to. agency_name: whose step it was.
CREATE TABLE info_request_steps (
    id UUID PRIMARY KEY NOT NULL,
    request_id UUID NOT NULL REFERENCES info_requests (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    agency_name TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX info_request_steps_of ON info_request_steps (request_id, at, id);
