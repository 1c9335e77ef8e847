-- Activities of legal education. Exactly one agency owns and counts each; state is recorded or withdrawn. Days are yyyymmdd; money is whole đồng.
CREATE TABLE activities (
    id UUID PRIMARY KEY NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    held_on BIGINT NOT NULL,
    ends_on BIGINT NOT NULL,
    place TEXT NOT NULL,
    unit_id UUID REFERENCES units (id),
    online BOOLEAN NOT NULL,
    turns BIGINT NOT NULL,
    women BIGINT NOT NULL,
    minorities BIGINT NOT NULL,
    young BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    summary TEXT NOT NULL,
    search_fold TEXT NOT NULL,
    generated BOOLEAN NOT NULL,
    once TEXT,
    series_id UUID,
    copied_from UUID,
    reason TEXT NOT NULL,
    withdrawn_at BIGINT,
    version BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX activities_once ON activities (once);
CREATE INDEX activities_by_owner ON activities (owner_id, held_on, id);
CREATE INDEX activities_by_day ON activities (held_on, id);
CREATE INDEX activities_by_unit ON activities (unit_id, held_on);

-- Target groups ("group") and fields of law ("field").
CREATE TABLE activity_marks (
    activity_id UUID NOT NULL REFERENCES activities (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (activity_id, kind, key)
);
CREATE INDEX activity_marks_by_key ON activity_marks (kind, key, activity_id);

-- Agencies that took part; they never count it. Without agency_id a body that is not in the register.
CREATE TABLE activity_partners (
    activity_id UUID NOT NULL REFERENCES activities (id),
    position BIGINT NOT NULL,
    agency_id UUID REFERENCES agencies (id),
    name TEXT NOT NULL,
    PRIMARY KEY (activity_id, position)
);
CREATE INDEX activity_partners_by_agency ON activity_partners (agency_id, activity_id);

CREATE TABLE activity_reporters (
    activity_id UUID NOT NULL REFERENCES activities (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    PRIMARY KEY (activity_id, position)
);

CREATE TABLE activity_materials (
    activity_id UUID NOT NULL REFERENCES activities (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    copies BIGINT NOT NULL,
    online BOOLEAN NOT NULL,
    PRIMARY KEY (activity_id, position)
);

CREATE TABLE activity_costs (
    activity_id UUID NOT NULL REFERENCES activities (id),
    source TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (activity_id, source)
);

-- Documents disseminated: from the register, or as written.
CREATE TABLE activity_documents (
    activity_id UUID NOT NULL REFERENCES activities (id),
    position BIGINT NOT NULL,
    document_id UUID REFERENCES documents (id),
    title TEXT NOT NULL,
    PRIMARY KEY (activity_id, position)
);

-- What it serves: subjects that slices offer, and what those are part of (a duty: its plan).
CREATE TABLE activity_subjects (
    activity_id UUID NOT NULL REFERENCES activities (id),
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    within_id UUID,
    label TEXT NOT NULL,
    PRIMARY KEY (activity_id, kind, subject_id)
);
CREATE INDEX activity_subjects_of ON activity_subjects (kind, subject_id, activity_id);
CREATE INDEX activity_subjects_within ON activity_subjects (kind, within_id, activity_id);

-- Photos and papers. People shown: have they agreed, are there minors among them?
CREATE TABLE activity_files (
    id UUID PRIMARY KEY NOT NULL,
    activity_id UUID NOT NULL REFERENCES activities (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_type TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    people BOOLEAN NOT NULL,
    consent BOOLEAN NOT NULL,
    minors BOOLEAN NOT NULL,
    added_by UUID NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX activity_files_of ON activity_files (activity_id, added_at);

-- What the quarter should be about, set by an agency for itself and everything that it leads; quarter is yyyyq.
CREATE TABLE activity_topics (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    quarter BIGINT NOT NULL,
    position BIGINT NOT NULL,
    field TEXT NOT NULL,
    body TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX activity_topics_once ON activity_topics (agency_id, quarter, field, position);
CREATE INDEX activity_topics_of ON activity_topics (quarter, agency_id);
