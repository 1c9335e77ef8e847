-- Localities and agencies: two dated trees. Dates are yyyymmdd; valid_to is exclusive, 99991231 while it lasts.
-- The truth about agencies are the events; agencies, agency_states, agency_successions and agency_closure are what replaying them yields.
CREATE TABLE units (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    official_code TEXT NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    parent_id UUID REFERENCES units (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX units_by_official_code ON units (official_code, level, valid_from);
CREATE INDEX units_by_parent ON units (parent_id, position);
CREATE INDEX units_by_name ON units (name_fold);

-- Name, kind and superior of a unit from a day to a day; the latest ones stand in units too.
CREATE TABLE unit_states (
    unit_id UUID NOT NULL REFERENCES units (id),
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id UUID REFERENCES units (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    PRIMARY KEY (unit_id, valid_from)
);
CREATE INDEX unit_states_by_parent ON unit_states (parent_id, valid_from);

-- Where a unit's people went: the main heir first. Without weights the division is an estimate.
CREATE TABLE unit_successions (
    from_id UUID NOT NULL REFERENCES units (id),
    to_id UUID NOT NULL REFERENCES units (id),
    event_date BIGINT NOT NULL,
    weight BIGINT,
    position BIGINT NOT NULL,
    PRIMARY KEY (from_id, event_date, to_id)
);
CREATE INDEX unit_successions_to ON unit_successions (to_id, event_date);

-- As of today (or of the last day of what ended).
CREATE TABLE agencies (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    parent_id UUID REFERENCES agencies (id),
    unit_id UUID REFERENCES units (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX agencies_by_parent ON agencies (parent_id, position);
CREATE INDEX agencies_by_name ON agencies (name_fold);
CREATE INDEX agencies_by_unit ON agencies (unit_id);

CREATE TABLE agency_states (
    agency_id UUID NOT NULL REFERENCES agencies (id),
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id UUID REFERENCES agencies (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    PRIMARY KEY (agency_id, valid_from)
);
CREATE INDEX agency_states_by_parent ON agency_states (parent_id, valid_from);

CREATE TABLE agency_successions (
    from_id UUID NOT NULL REFERENCES agencies (id),
    to_id UUID NOT NULL REFERENCES agencies (id),
    event_date BIGINT NOT NULL,
    weight BIGINT,
    position BIGINT NOT NULL,
    PRIMARY KEY (from_id, event_date, to_id)
);
CREATE INDEX agency_successions_to ON agency_successions (to_id, event_date);

-- What happened, in order of date and position; changes is JSON. Origin: built_in (made from the definitions, replaced by an import) or person.
-- A withdrawn event is kept and not replayed.
CREATE TABLE agency_events (
    id UUID PRIMARY KEY NOT NULL,
    event_date BIGINT NOT NULL,
    position BIGINT NOT NULL,
    origin TEXT NOT NULL,
    title TEXT NOT NULL,
    basis TEXT NOT NULL,
    unverified BOOLEAN NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    changes TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX agency_events_by_date ON agency_events (event_date, position);

-- What a reviewer chose for a printed name: an agency, or a class ("class:…", "each:…", "relative:…").
CREATE TABLE agency_aliases (
    id UUID PRIMARY KEY NOT NULL,
    alias TEXT NOT NULL,
    alias_key TEXT NOT NULL,
    scope_id UUID,
    agency_id UUID REFERENCES agencies (id),
    class_key TEXT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX agency_aliases_by_key ON agency_aliases (alias_key);
CREATE INDEX agency_aliases_of ON agency_aliases (agency_id);

-- Every agency with itself and everything above it: today's tree, for rights and subtotals. An agency that ended stands
-- with those who carry on for it and everything above them.
CREATE TABLE agency_closure (
    ancestor_id UUID NOT NULL,
    descendant_id UUID NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX agency_closure_up ON agency_closure (descendant_id);
