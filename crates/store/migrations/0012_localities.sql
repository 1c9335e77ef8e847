-- What people recorded about localities; what the program knows of them comes before it. Columns as in agency_events.
CREATE TABLE unit_events (
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
CREATE INDEX unit_events_by_date ON unit_events (event_date, position);
