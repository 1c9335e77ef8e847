-- What the public reads. A publication keeps its address for ever; its text stands in editions, of which at most one is live and at most one is being worked on.
-- lang: of definitions/languages.toml; of_id: the publication of which it is the version in that language.
-- gone: "" | "withdrawn" (the text stays below a notice) | "error" (the address leads to gone_to).
CREATE TABLE publications (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    live_id UUID,
    first_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    gone TEXT NOT NULL,
    gone_note TEXT NOT NULL,
    gone_to TEXT NOT NULL,
    gone_at BIGINT NOT NULL,
    lang TEXT NOT NULL,
    of_id UUID REFERENCES publications (id),
    generated BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX publications_slug ON publications (slug);
CREATE UNIQUE INDEX publications_once_a_language ON publications (of_id, lang);
CREATE INDEX publications_by_agency ON publications (agency_id, changed_at DESC, id);
CREATE INDEX publications_public ON publications (gone, first_at DESC, id);

-- base: of a version in another language: number of the edition of its original from which it was translated. checker: who checked its words.
-- picture_id: the photo of the library that stands first in its words; audio_id: the sound of the library in which it is read out.
-- state: draft | submitted | returned | accepted | scheduled | live | past | dropped. Instants are milliseconds; 0 is never.
CREATE TABLE editions (
    id UUID PRIMARY KEY NOT NULL,
    publication_id UUID NOT NULL REFERENCES publications (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    lead TEXT NOT NULL,
    body TEXT NOT NULL,
    byline TEXT NOT NULL,
    note TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    base BIGINT NOT NULL,
    checker TEXT NOT NULL,
    picture_id UUID,
    audio_id UUID,
    due_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    published_name TEXT NOT NULL,
    forced TEXT NOT NULL,
    version BIGINT NOT NULL,
    written_by UUID NOT NULL,
    written_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX editions_once ON editions (publication_id, number);
CREATE INDEX editions_due ON editions (state, due_at);

-- Sections ("section", an id), fields of law ("field"), target groups ("group").
CREATE TABLE edition_marks (
    edition_id UUID NOT NULL REFERENCES editions (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (edition_id, kind, key)
);
CREATE INDEX edition_marks_by_key ON edition_marks (kind, key, edition_id);

-- What was done to a publication and said about it; only added to.
CREATE TABLE publication_steps (
    id UUID PRIMARY KEY NOT NULL,
    publication_id UUID NOT NULL REFERENCES publications (id),
    edition BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX publication_steps_of ON publication_steps (publication_id, at, id);

-- Special sections of the portal. home: its place on the home page, 0 when it is not there. Days are yyyymmdd.
CREATE TABLE sections (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    opens_on BIGINT NOT NULL,
    closes_on BIGINT NOT NULL,
    home BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sections_slug ON sections (slug);

CREATE TABLE section_pins (
    section_id UUID NOT NULL REFERENCES sections (id),
    position BIGINT NOT NULL,
    publication_id UUID NOT NULL REFERENCES publications (id),
    PRIMARY KEY (section_id, position)
);

-- Items of the library that the words of an edition show.
CREATE TABLE edition_media (
    edition_id UUID NOT NULL REFERENCES editions (id),
    media_id UUID NOT NULL,
    PRIMARY KEY (edition_id, media_id)
);
CREATE INDEX edition_media_of ON edition_media (media_id, edition_id);
