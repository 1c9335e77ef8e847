-- Accounts: people, roles over agencies, sessions, activation.
CREATE TABLE users (
    id UUID PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    position TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    home_agency UUID NOT NULL REFERENCES agencies (id),
    state TEXT NOT NULL,
    password TEXT,
    must_change BOOLEAN NOT NULL,
    failures BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    totp_secret TEXT,
    totp_step BIGINT NOT NULL,
    totp_pending TEXT,
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX users_by_agency ON users (home_agency, name_fold);
CREATE INDEX users_by_name ON users (name_fold, id);
CREATE INDEX users_by_state ON users (state, seen_at);

CREATE TABLE holdings (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    agency_id UUID NOT NULL REFERENCES agencies (id),
    role TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    granted_by UUID NOT NULL,
    granted_at BIGINT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX holdings_by_user ON holdings (user_id, valid_to);
CREATE INDEX holdings_by_agency ON holdings (agency_id, valid_to);

CREATE TABLE sessions (
    id UUID PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    user_id UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    second_factor BOOLEAN NOT NULL,
    address TEXT NOT NULL,
    browser TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, seen_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE activations (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    code_hash TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX activations_by_user ON activations (user_id);

CREATE TABLE old_passwords (
    id UUID PRIMARY KEY NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX old_passwords_by_user ON old_passwords (user_id, at);
