-- Who sits in a coordination council: an agency, by a person in a position, from a day to a day (valid_to exclusive). Where nothing is entered for a day,
-- the definitions say which agencies are represented.
CREATE TABLE council_members (
    id UUID PRIMARY KEY NOT NULL,
    council_id UUID NOT NULL REFERENCES agencies (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    person TEXT NOT NULL,
    position TEXT NOT NULL,
    seat TEXT NOT NULL,
    basis TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX council_members_of ON council_members (council_id, valid_from);
CREATE INDEX council_members_by_agency ON council_members (agency_id);
