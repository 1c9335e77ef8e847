-- Rounds that open by themselves: somebody's decision, and what came of it last. opens: begin, end or before:<days>; first_from is the first day of the
-- first period that is asked for; compared is the version of a form without a source that a person has compared (0: none); state: running, paused, ended.
CREATE TABLE report_schedules (
    id UUID PRIMARY KEY NOT NULL,
    form_key TEXT NOT NULL,
    rule TEXT NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    owner_level TEXT NOT NULL,
    opens TEXT NOT NULL,
    first_from BIGINT NOT NULL,
    basis TEXT NOT NULL,
    compared BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided_by UUID NOT NULL,
    decided_name TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    changed_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    failed BOOLEAN NOT NULL,
    outcome_at BIGINT NOT NULL,
    round_id UUID REFERENCES report_rounds (id)
);
CREATE UNIQUE INDEX report_schedules_once ON report_schedules (form_key, rule, owner_id) WHERE state <> 'ended';
CREATE INDEX report_schedules_of ON report_schedules (owner_id, state, decided_at);
CREATE INDEX report_schedules_by_state ON report_schedules (state, decided_at, id);
