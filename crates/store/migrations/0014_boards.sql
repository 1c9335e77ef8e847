-- Counts by receiver and state are read from the index alone: rows of reports are wide.
DROP INDEX reports_of_parent;
CREATE INDEX reports_of_parent ON reports (round_id, parent_id, state, live, agency_id, level, due_date, first_submitted_on);
