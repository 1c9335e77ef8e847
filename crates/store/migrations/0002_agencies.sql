-- Localities and agencies: two dated trees. Dates are yyyymmdd; valid_to is exclusive, 99991231 while it lasts.
CREATE TABLE units (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    parent_id UUID REFERENCES units (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION
);
CREATE UNIQUE INDEX units_by_code ON units (level, code, valid_from);
CREATE INDEX units_by_parent ON units (parent_id, valid_from);

CREATE TABLE unit_successions (
    id UUID PRIMARY KEY NOT NULL,
    event_date BIGINT NOT NULL,
    kind TEXT NOT NULL,
    from_id UUID NOT NULL REFERENCES units (id),
    to_id UUID NOT NULL REFERENCES units (id),
    share TEXT NOT NULL,
    weight DOUBLE PRECISION,
    basis TEXT NOT NULL
);
CREATE INDEX unit_successions_from ON unit_successions (from_id);
CREATE INDEX unit_successions_to ON unit_successions (to_id);

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

-- Names and parents of the past; the present ones stand in agencies.
CREATE TABLE agency_names (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    name TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL
);
CREATE INDEX agency_names_of ON agency_names (agency_id, valid_from);

CREATE TABLE agency_parents (
    id UUID PRIMARY KEY NOT NULL,
    agency_id UUID NOT NULL REFERENCES agencies (id),
    parent_id UUID NOT NULL REFERENCES agencies (id),
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL
);
CREATE INDEX agency_parents_of ON agency_parents (agency_id, valid_from);

CREATE TABLE agency_events (
    id UUID PRIMARY KEY NOT NULL,
    event_date BIGINT NOT NULL,
    kind TEXT NOT NULL,
    basis TEXT NOT NULL,
    note TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX agency_events_by_date ON agency_events (event_date);

CREATE TABLE agency_event_parts (
    id UUID PRIMARY KEY NOT NULL,
    event_id UUID NOT NULL REFERENCES agency_events (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    side TEXT NOT NULL,
    weight DOUBLE PRECISION
);
CREATE INDEX agency_event_parts_of ON agency_event_parts (agency_id);
CREATE INDEX agency_event_parts_in ON agency_event_parts (event_id);

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

-- Today's tree, every agency with everything above it and itself: for rights and subtotals.
CREATE TABLE agency_closure (
    ancestor_id UUID NOT NULL,
    descendant_id UUID NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX agency_closure_up ON agency_closure (descendant_id);
