-- Periodic reports: forms, rounds (a form asked for a period), reports, sums. Dates are yyyymmdd; what a report says is JSON that is never queried.

-- A definition of a form as TOML. A published one never changes; valid_from and valid_to (exclusive) say for which periods it is taken.
CREATE TABLE form_versions (
    id UUID PRIMARY KEY NOT NULL,
    form_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    owner_id UUID REFERENCES agencies (id),
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT
);
CREATE UNIQUE INDEX form_versions_once ON form_versions (form_key, version);
CREATE INDEX form_versions_by_state ON form_versions (state, form_key, version);

-- A form asked for a period: by the agency at the top of the way. stage: estimate or official. With a plan only what belongs to that is counted.
CREATE TABLE report_rounds (
    id UUID PRIMARY KEY NOT NULL,
    form_id UUID NOT NULL REFERENCES form_versions (id),
    form_key TEXT NOT NULL,
    title TEXT NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    owner_level TEXT NOT NULL,
    rule TEXT NOT NULL,
    period_key TEXT NOT NULL,
    period_label TEXT NOT NULL,
    date_from BIGINT NOT NULL,
    date_to BIGINT NOT NULL,
    stage TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_on BIGINT NOT NULL,
    opened_by UUID NOT NULL,
    opened_at BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    generated BOOLEAN NOT NULL,
    plan_id UUID REFERENCES plans (id),
    plan_name TEXT NOT NULL
);
CREATE UNIQUE INDEX report_rounds_once ON report_rounds (form_key, period_key, rule, stage, owner_id, plan_name);
CREATE INDEX report_rounds_by_owner ON report_rounds (owner_id, date_to DESC, id);
CREATE INDEX report_rounds_by_end ON report_rounds (date_to DESC, id);

-- One agency's report in a round; a correction is the next revision. counted: its figures are in the sums of parent_id; the newest revision is live.
CREATE TABLE reports (
    id UUID PRIMARY KEY NOT NULL,
    round_id UUID NOT NULL REFERENCES report_rounds (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    parent_id UUID NOT NULL REFERENCES agencies (id),
    level TEXT NOT NULL,
    fills BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    live BOOLEAN NOT NULL,
    counted BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    due_date BIGINT NOT NULL,
    payload TEXT NOT NULL,
    frozen TEXT NOT NULL,
    version BIGINT NOT NULL,
    maker_id UUID,
    checker_id UUID,
    head_id UUID,
    submitted_on BIGINT,
    first_submitted_on BIGINT,
    approved_at BIGINT,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX reports_once ON reports (agency_id, round_id, revision);
CREATE INDEX reports_of_parent ON reports (round_id, parent_id, state);
CREATE INDEX reports_to_decide ON reports (parent_id, state, due_date, id);
CREATE INDEX reports_due ON reports (due_date, state);

-- What the counted reports of an agency's subordinates say together: changed in the transaction that approves.
CREATE TABLE report_sums (
    round_id UUID NOT NULL REFERENCES report_rounds (id),
    parent_id UUID NOT NULL REFERENCES agencies (id),
    expected BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (round_id, parent_id)
);
CREATE INDEX report_sums_of ON report_sums (parent_id, round_id);

-- A signed paper cites the figures of a round at an agency; the reader is an agency that the paper reaches and that may read what they are made of.
CREATE TABLE report_citations (
    paper_id UUID NOT NULL,
    round_id UUID NOT NULL REFERENCES report_rounds (id),
    node_id UUID NOT NULL REFERENCES agencies (id),
    reader_id UUID NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (paper_id, round_id, reader_id)
);
CREATE INDEX report_citations_of ON report_citations (round_id, node_id);

-- Everything that was done to a report; never changed. detail is JSON (reasons by cell, changed cells).
CREATE TABLE report_steps (
    id UUID PRIMARY KEY NOT NULL,
    report_id UUID NOT NULL REFERENCES reports (id),
    at BIGINT NOT NULL,
    actor_id UUID NOT NULL,
    actor_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX report_steps_of ON report_steps (report_id, at, id);

-- What a machine or an offline page has sent: the same key gets the same answer.
CREATE TABLE report_intakes (
    agency_id UUID NOT NULL REFERENCES agencies (id),
    intake_key TEXT NOT NULL,
    report_id UUID NOT NULL REFERENCES reports (id),
    digest TEXT NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (agency_id, intake_key)
);

-- A question about a figure to those who sent it; follow_up stays until somebody takes it off.
CREATE TABLE report_questions (
    id UUID PRIMARY KEY NOT NULL,
    report_id UUID NOT NULL REFERENCES reports (id),
    cell TEXT NOT NULL,
    body TEXT NOT NULL,
    asked_by UUID NOT NULL,
    asked_name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answer TEXT NOT NULL,
    answered_name TEXT NOT NULL,
    answered_at BIGINT,
    follow_up BOOLEAN NOT NULL
);
CREATE INDEX report_questions_of ON report_questions (report_id, asked_at);

-- How an agency works inside: may one person be maker, checker and head?
CREATE TABLE report_agencies (
    agency_id UUID PRIMARY KEY NOT NULL REFERENCES agencies (id),
    combined BOOLEAN NOT NULL,
    changed_by UUID NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Files of days of rest that took the place of the one built into the program; the newest is in force.
CREATE TABLE report_holidays (
    id UUID PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX report_holidays_by_time ON report_holidays (at DESC, id DESC);
