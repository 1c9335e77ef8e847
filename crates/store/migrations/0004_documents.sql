-- Documents: official papers as received, read, reviewed and confirmed. Dates are yyyymmdd, 0 while unknown.
CREATE TABLE documents (
    id UUID PRIMARY KEY NOT NULL,
    state TEXT NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    audience TEXT NOT NULL,
    mode TEXT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    issued_on BIGINT NOT NULL,
    place TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issuer_id UUID REFERENCES agencies (id),
    parent_body TEXT NOT NULL,
    signer_authority TEXT NOT NULL,
    signer_position TEXT NOT NULL,
    signer_name TEXT NOT NULL,
    urgency TEXT NOT NULL,
    search_fold TEXT NOT NULL,
    body TEXT NOT NULL,
    marks TEXT NOT NULL,
    problem TEXT NOT NULL,
    tasks BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_type TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    once TEXT,
    previous_id UUID REFERENCES documents (id),
    amends_id UUID REFERENCES documents (id),
    amends_how TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_by UUID,
    confirmed_name TEXT NOT NULL,
    confirmed_at BIGINT,
    confirmed_on BIGINT NOT NULL
);
CREATE UNIQUE INDEX documents_once ON documents (once);
CREATE INDEX documents_by_owner ON documents (owner_id, state, issued_on, id);
CREATE INDEX documents_by_date ON documents (issued_on, id);
CREATE INDEX documents_by_number ON documents (number_key);
CREATE INDEX documents_by_file ON documents (file_hash);
CREATE INDEX documents_by_previous ON documents (previous_id);
CREATE INDEX documents_by_amended ON documents (amends_id);

CREATE TABLE document_tasks (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID NOT NULL REFERENCES documents (id),
    position BIGINT NOT NULL,
    anchor TEXT NOT NULL,
    heading TEXT NOT NULL,
    body TEXT NOT NULL,
    force TEXT NOT NULL,
    class TEXT NOT NULL,
    deadline_kind TEXT NOT NULL,
    deadline_value TEXT NOT NULL,
    deadline_text TEXT NOT NULL,
    deadline_start BIGINT NOT NULL,
    deadline_end BIGINT NOT NULL,
    deadlines_more TEXT NOT NULL,
    product TEXT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    confidence BIGINT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX document_tasks_of ON document_tasks (document_id, position);

-- Who a task names: as printed, and what that was taken to mean.
CREATE TABLE document_parties (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID NOT NULL REFERENCES documents (id),
    task_id UUID NOT NULL REFERENCES document_tasks (id),
    role TEXT NOT NULL,
    position BIGINT NOT NULL,
    words TEXT NOT NULL,
    force TEXT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    confidence BIGINT NOT NULL,
    target TEXT NOT NULL,
    agency_id UUID,
    class_key TEXT NOT NULL,
    scope_id UUID,
    label TEXT NOT NULL,
    members BIGINT NOT NULL,
    candidates TEXT NOT NULL
);
CREATE INDEX document_parties_in ON document_parties (document_id, position);
CREATE INDEX document_parties_of ON document_parties (task_id, position);

-- Kính gửi and Nơi nhận.
CREATE TABLE document_recipients (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID NOT NULL REFERENCES documents (id),
    role TEXT NOT NULL,
    position BIGINT NOT NULL,
    words TEXT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    confidence BIGINT NOT NULL,
    target TEXT NOT NULL,
    agency_id UUID,
    class_key TEXT NOT NULL,
    scope_id UUID
);
CREATE INDEX document_recipients_of ON document_recipients (document_id, position);

-- Agencies that may read a confirmed document because it names them; written on confirming.
CREATE TABLE document_readers (
    document_id UUID NOT NULL REFERENCES documents (id),
    agency_id UUID NOT NULL,
    PRIMARY KEY (document_id, agency_id)
);
CREATE INDEX document_readers_of ON document_readers (agency_id);

-- Papers that a document names; of_position points at another row of the same document.
CREATE TABLE document_citations (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID NOT NULL REFERENCES documents (id),
    position BIGINT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    issued_on BIGINT NOT NULL,
    relation TEXT NOT NULL,
    of_position BIGINT,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL
);
CREATE INDEX document_citations_of ON document_citations (document_id, position);
CREATE INDEX document_citations_by_number ON document_citations (number_key);

-- Who carries on for an agency or class that is no more, and on what basis.
CREATE TABLE document_heirs (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID NOT NULL REFERENCES documents (id),
    source TEXT NOT NULL,
    source_label TEXT NOT NULL,
    target TEXT NOT NULL,
    agency_id UUID,
    class_key TEXT NOT NULL,
    scope_id UUID,
    label TEXT NOT NULL,
    basis TEXT NOT NULL
);
CREATE UNIQUE INDEX document_heirs_once ON document_heirs (document_id, source);
