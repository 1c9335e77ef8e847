-- Plans: what a paper asks for, who owes what by when, and what was done. due_date is yyyymmdd, 99991231 without a clock.
CREATE TABLE plans (
    id UUID PRIMARY KEY NOT NULL,
    document_id UUID,
    kind TEXT NOT NULL,
    parent_id UUID REFERENCES plans (id),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    owner_id UUID NOT NULL REFERENCES agencies (id),
    issued_on BIGINT NOT NULL,
    year_from BIGINT NOT NULL,
    year_to BIGINT NOT NULL,
    year_end BIGINT NOT NULL,
    mode TEXT NOT NULL,
    in_force_from BIGINT NOT NULL,
    state TEXT NOT NULL,
    replaced_by UUID,
    interim_on BIGINT,
    final_on BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX plans_by_owner ON plans (owner_id, state);
CREATE UNIQUE INDEX plans_by_document ON plans (document_id);
CREATE INDEX plans_by_parent ON plans (parent_id);

-- Interim and final reviews that were held; never changed. A review is due while the plan has a day for it (interim_on, final_on) of which none is
-- recorded here; another day asks for another review.
CREATE TABLE plan_reviews (
    id UUID PRIMARY KEY NOT NULL,
    plan_id UUID NOT NULL REFERENCES plans (id),
    kind TEXT NOT NULL,
    due_date BIGINT NOT NULL,
    held_on BIGINT NOT NULL,
    paper TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_name TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX plan_reviews_once ON plan_reviews (plan_id, kind, due_date);

CREATE TABLE plan_tasks (
    id UUID PRIMARY KEY NOT NULL,
    plan_id UUID NOT NULL REFERENCES plans (id),
    position BIGINT NOT NULL,
    anchor TEXT NOT NULL,
    heading TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    body TEXT NOT NULL,
    source_id UUID,
    force TEXT NOT NULL,
    class TEXT NOT NULL,
    deadline_kind TEXT NOT NULL,
    deadline_value TEXT NOT NULL,
    deadline_text TEXT NOT NULL,
    deadlines_more TEXT NOT NULL,
    product TEXT NOT NULL,
    product_kind TEXT NOT NULL,
    product_issuer TEXT NOT NULL,
    per_locality BOOLEAN NOT NULL
);
CREATE INDEX plan_tasks_of ON plan_tasks (plan_id, position);

-- Events that a task waits for, each time that one took place: period names the duties that it opened, due on due_date.
CREATE TABLE task_events (
    id UUID PRIMARY KEY NOT NULL,
    task_id UUID NOT NULL REFERENCES plan_tasks (id),
    on_day BIGINT NOT NULL,
    due_date BIGINT NOT NULL,
    period TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX task_events_once ON task_events (task_id, period);

CREATE TABLE assignments (
    id UUID PRIMARY KEY NOT NULL,
    plan_id UUID NOT NULL REFERENCES plans (id),
    task_id UUID NOT NULL REFERENCES plan_tasks (id),
    role TEXT NOT NULL,
    force TEXT NOT NULL,
    party TEXT NOT NULL,
    target TEXT NOT NULL,
    agency_id UUID,
    class_key TEXT NOT NULL,
    scope_id UUID,
    basis TEXT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX assignments_of ON assignments (task_id, position);
CREATE INDEX assignments_in ON assignments (plan_id);

-- One side's duty in one period. urgent is 1 while it can become late: dated, assigned, open. mark is 'past' for a single
-- date before the plan was in force (such a duty is historical: to be read only), 'orphan' for a duty whose agency is no more and
-- has no single successor. adjusted is what the owner agreed to have done instead of, or besides, the paper's words.
CREATE TABLE obligations (
    id UUID PRIMARY KEY NOT NULL,
    plan_id UUID NOT NULL REFERENCES plans (id),
    task_id UUID NOT NULL REFERENCES plan_tasks (id),
    assignment_id UUID NOT NULL REFERENCES assignments (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    agency_group TEXT NOT NULL,
    role TEXT NOT NULL,
    force TEXT NOT NULL,
    clock TEXT NOT NULL,
    period TEXT NOT NULL,
    due_date BIGINT NOT NULL,
    first_due BIGINT NOT NULL,
    urgent BIGINT NOT NULL,
    state TEXT NOT NULL,
    mark TEXT NOT NULL,
    percent BIGINT NOT NULL,
    result TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    adjusted TEXT NOT NULL,
    product_stage TEXT NOT NULL,
    product_number TEXT NOT NULL,
    product_document_id UUID,
    received_at BIGINT,
    reported_at BIGINT,
    done_on BIGINT,
    moved_to UUID,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX obligations_once ON obligations (task_id, agency_id, role, period);
CREATE INDEX obligations_late ON obligations (urgent DESC, due_date, id);
CREATE INDEX obligations_plan_late ON obligations (plan_id, urgent DESC, due_date, id);
-- Counts of an agency are read from this index alone.
CREATE INDEX obligations_mine ON obligations (agency_id, urgent DESC, due_date, id, state, role, plan_id, task_id, agency_group);
CREATE INDEX obligations_of ON obligations (task_id, urgent DESC, due_date, id);
CREATE INDEX obligations_group ON obligations (agency_group, urgent DESC, due_date, id);
CREATE INDEX obligations_orphan ON obligations (plan_id, agency_id) WHERE mark = 'orphan';
CREATE INDEX obligations_product ON obligations (product_document_id) WHERE product_document_id IS NOT NULL;
CREATE INDEX obligations_state ON obligations (state, urgent DESC, due_date, id);

-- How many obligations of each kind there are: kept in the same transaction, so that totals and facets of a list
-- cost the same however many agencies there are.
CREATE TABLE obligation_totals (
    plan_id UUID NOT NULL,
    task_id UUID NOT NULL,
    agency_group TEXT NOT NULL,
    role TEXT NOT NULL,
    clock TEXT NOT NULL,
    urgent BIGINT NOT NULL,
    state TEXT NOT NULL,
    due_date BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (plan_id, task_id, agency_group, role, clock, urgent, state, due_date)
);
CREATE INDEX obligation_totals_due ON obligation_totals (urgent, due_date);

-- Everything that was said and done on an obligation; never changed.
CREATE TABLE obligation_steps (
    id UUID PRIMARY KEY NOT NULL,
    obligation_id UUID NOT NULL REFERENCES obligations (id),
    at BIGINT NOT NULL,
    actor_id UUID NOT NULL,
    actor_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    percent BIGINT,
    body TEXT NOT NULL,
    wanted_date BIGINT,
    decides UUID
);
CREATE INDEX obligation_steps_of ON obligation_steps (obligation_id, at, id);

-- Proposals that wait for the plan's owner.
CREATE TABLE obligation_requests (
    id UUID PRIMARY KEY NOT NULL,
    obligation_id UUID NOT NULL REFERENCES obligations (id),
    plan_id UUID NOT NULL REFERENCES plans (id),
    kind TEXT NOT NULL,
    proposal TEXT NOT NULL,
    body TEXT NOT NULL,
    wanted_date BIGINT,
    state TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    answer TEXT NOT NULL
);
CREATE INDEX obligation_requests_open ON obligation_requests (plan_id, state, made_at);
CREATE INDEX obligation_requests_of ON obligation_requests (obligation_id, made_at);

CREATE TABLE evidence (
    id UUID PRIMARY KEY NOT NULL,
    obligation_id UUID NOT NULL REFERENCES obligations (id),
    step_id UUID NOT NULL REFERENCES obligation_steps (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_type TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    added_by UUID NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX evidence_of ON evidence (obligation_id, added_at);

-- What was already sent, so that no reminder goes out twice.
CREATE TABLE reminders (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL,
    day BIGINT NOT NULL,
    stage TEXT NOT NULL,
    obligations BIGINT NOT NULL,
    email TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at BIGINT,
    UNIQUE (user_id, day, stage)
);

CREATE TABLE notices (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    path TEXT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notices_of ON notices (user_id, read_at, at);
