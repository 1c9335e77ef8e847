-- Jobs, audit, counters: the machinery of crate platform.
CREATE TABLE jobs (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    dedupe TEXT,
    progress BIGINT NOT NULL,
    progress_total BIGINT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe);
CREATE INDEX jobs_due ON jobs (state, run_at);
CREATE INDEX jobs_recent ON jobs (created_at);

CREATE TABLE audit (
    id UUID PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor_id UUID NOT NULL,
    actor_name TEXT NOT NULL,
    actor_fold TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID,
    agency_id UUID,
    detail TEXT NOT NULL,
    request_id TEXT NOT NULL,
    seal BIGINT
);
CREATE INDEX audit_unsealed ON audit (seal, id);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_action ON audit (action, at);
CREATE INDEX audit_by_agency ON audit (agency_id, at);
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id, at);
CREATE INDEX audit_by_actor ON audit (actor_id, at);

CREATE TABLE audit_seals (
    seal BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The one row that says which state of the public side holds: it is made by the first change that readers can see and grows with every other.
CREATE TABLE public_state (
    id BIGINT PRIMARY KEY NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- What may have to be searched for anew: every change adds a line, every node reads the lines it has not seen (the time is in the id). An index is made
-- anew when it is older than the oldest line, so that old lines can go.
CREATE TABLE search_changes (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    item_id UUID NOT NULL
);
