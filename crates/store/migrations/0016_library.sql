-- The media library. Days are yyyymmdd, 0 when not known; instants are milliseconds, 0 never.
-- file_hash is empty while only a physical carrier is kept. verdict: "" (not looked at) | pass | warn | fail | unknown. facts, findings: JSON.
-- work: "" (nothing to do) | waiting | done | failed | lacking (a program is not installed), with a word in work_note.
CREATE TABLE media (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    about TEXT NOT NULL,
    alt TEXT NOT NULL,
    author TEXT NOT NULL,
    rights TEXT NOT NULL,
    rights_note TEXT NOT NULL,
    people BOOLEAN NOT NULL,
    consent BOOLEAN NOT NULL,
    minors BOOLEAN NOT NULL,
    taken_on BIGINT NOT NULL,
    place TEXT NOT NULL,
    lang TEXT NOT NULL,
    carrier TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    duration BIGINT NOT NULL,
    focus_x BIGINT NOT NULL,
    focus_y BIGINT NOT NULL,
    facts TEXT NOT NULL,
    verdict TEXT NOT NULL,
    findings TEXT NOT NULL,
    work TEXT NOT NULL,
    work_note TEXT NOT NULL,
    shown_at BIGINT NOT NULL,
    generated BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    added_by UUID NOT NULL,
    added_name TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX media_slug ON media (slug);
CREATE INDEX media_by_agency ON media (agency_id, added_at DESC, id);
CREATE INDEX media_by_date ON media (added_at DESC, id);
CREATE INDEX media_shown ON media (shown_at DESC, id);
CREATE INDEX media_by_file ON media (file_hash);

-- What was made of a file: poster, wave, web, and pictures by width ("w640.webp").
CREATE TABLE media_renditions (
    media_id UUID NOT NULL REFERENCES media (id),
    name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (media_id, name)
);

-- Fields of law ("field"), target groups ("group"), collections ("collection", an id).
CREATE TABLE media_marks (
    media_id UUID NOT NULL REFERENCES media (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (media_id, kind, key)
);
CREATE INDEX media_marks_by_key ON media_marks (kind, key, media_id);

CREATE TABLE media_collections (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    about TEXT NOT NULL,
    shown BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX media_collections_slug ON media_collections (slug);
CREATE INDEX media_collections_by_title ON media_collections (title_fold, id);

-- A file on its way: what has come lies in the data folder; its length is how far it is. file_hash is set once all of it is kept.
CREATE TABLE media_uploads (
    id UUID PRIMARY KEY NOT NULL,
    by_id UUID NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    file_hash TEXT NOT NULL,
    file_type TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);
CREATE INDEX media_uploads_by_date ON media_uploads (begun_at);

-- What was put together for a broadcaster. items: ids, a line each. file_hash is empty until it is made.
CREATE TABLE media_packages (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    title TEXT NOT NULL,
    receiver TEXT NOT NULL,
    items TEXT NOT NULL,
    item_count BIGINT NOT NULL,
    file_hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX media_packages_by_agency ON media_packages (agency_id, made_at DESC, id);

-- Models and good practices, exemplary collectives and persons. kind: model | collective | person.
CREATE TABLE practices (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    results TEXT NOT NULL,
    cost TEXT NOT NULL,
    contact TEXT NOT NULL,
    replicated TEXT NOT NULL,
    since BIGINT NOT NULL,
    media_id UUID,
    shown_at BIGINT NOT NULL,
    generated BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    written_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX practices_slug ON practices (slug);
CREATE INDEX practices_by_agency ON practices (agency_id, changed_at DESC, id);
CREATE INDEX practices_shown ON practices (shown_at DESC, id);

-- Fields of law ("field"), target groups ("group").
CREATE TABLE practice_marks (
    practice_id UUID NOT NULL REFERENCES practices (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (practice_id, kind, key)
);
CREATE INDEX practice_marks_by_key ON practice_marks (kind, key, practice_id);
