-- Who gets news by mail. state: asked (waits for the confirmation that the letter asks for) | confirmed. period: daily | weekly. Instants are milliseconds.
-- token_hash: of the token in the last letter that asks for confirmation, which holds until `token_until`. lettered_at: when the last letter other than news
-- was asked for. told_to: publications up to this instant were told. Whoever unsubscribes is deleted.
CREATE TABLE subscriptions (
    id UUID PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL,
    period TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    token_until BIGINT NOT NULL,
    lettered_at BIGINT NOT NULL,
    told_to BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX subscriptions_email ON subscriptions (email);
CREATE INDEX subscriptions_by_token ON subscriptions (token_hash);
CREATE INDEX subscriptions_due ON subscriptions (state, period, told_to);

-- What somebody wants to read: sections ("section", an id), fields of law ("field"), agencies ("agency", an id). None: everything.
CREATE TABLE subscription_marks (
    subscription_id UUID NOT NULL REFERENCES subscriptions (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (subscription_id, kind, key)
);
