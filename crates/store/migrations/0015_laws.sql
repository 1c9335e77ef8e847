-- The law bookshelf. Days are yyyymmdd, 0 when not known; intervals are half-open, 99991231 while they last.
-- checked_on: the last day for which somebody, or the source, says what is known of it; changed_on: the first day on which words of it changed or ceased.
CREATE TABLE laws (
    id UUID PRIMARY KEY NOT NULL,
    number TEXT NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issued_on BIGINT NOT NULL,
    effect_from BIGINT NOT NULL,
    ended_on BIGINT NOT NULL,
    checked_on BIGINT NOT NULL,
    changed_on BIGINT NOT NULL,
    source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX laws_slug ON laws (slug);
CREATE INDEX laws_by_date ON laws (issued_on DESC, slug);
CREATE INDEX laws_by_kind ON laws (kind, issued_on DESC, slug);
CREATE INDEX laws_added ON laws (added_at DESC, slug);

-- An article keeps its number, and with it its address, through all its versions.
CREATE TABLE law_articles (
    id UUID PRIMARY KEY NOT NULL,
    law_id UUID NOT NULL REFERENCES laws (id),
    number TEXT NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX law_articles_once ON law_articles (law_id, number);

-- Words of an article from a day to a day. state: text | unknown (in force, words not at hand) | repealed. mark: hash of state, heading and words.
CREATE TABLE law_texts (
    id UUID PRIMARY KEY NOT NULL,
    law_id UUID NOT NULL REFERENCES laws (id),
    article_id UUID NOT NULL REFERENCES law_articles (id),
    from_on BIGINT NOT NULL,
    to_on BIGINT NOT NULL,
    state TEXT NOT NULL,
    part TEXT NOT NULL,
    heading TEXT NOT NULL,
    body TEXT NOT NULL,
    cause TEXT NOT NULL,
    mark TEXT NOT NULL
);
CREATE UNIQUE INDEX law_texts_once ON law_texts (article_id, from_on);
CREATE INDEX law_texts_of ON law_texts (law_id, from_on);

-- Which documents and articles the words of an article name; to_article is empty for a whole document.
CREATE TABLE law_citations (
    text_id UUID NOT NULL REFERENCES law_texts (id),
    to_slug TEXT NOT NULL,
    to_article TEXT NOT NULL,
    PRIMARY KEY (text_id, to_slug, to_article)
);
CREATE INDEX law_citations_to ON law_citations (to_slug, to_article, text_id);

-- What one document does to another; either may be missing on the shelf. relation: amends | replaces | repeals.
-- origin: read (told by a file) | hand (somebody's word, which no file changes) | removed (wrongly recognised: shown to nobody, and no file brings it back).
CREATE TABLE law_links (
    from_slug TEXT NOT NULL,
    relation TEXT NOT NULL,
    to_slug TEXT NOT NULL,
    from_number TEXT NOT NULL,
    to_number TEXT NOT NULL,
    from_on BIGINT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (from_slug, relation, to_slug)
);
CREATE INDEX law_links_to ON law_links (to_slug, from_on);

-- Words of an article that were wrongly read and what they were mended to: the same reading, taken in again, is mended again. Marks as in law_texts.
CREATE TABLE law_mends (
    id UUID PRIMARY KEY NOT NULL,
    law_id UUID NOT NULL REFERENCES laws (id),
    number TEXT NOT NULL,
    from_on BIGINT NOT NULL,
    old_mark TEXT NOT NULL,
    old_heading TEXT NOT NULL,
    old_body TEXT NOT NULL,
    mark TEXT NOT NULL,
    heading TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX law_mends_of ON law_mends (law_id, at, id);

-- A file that was read and waits for somebody's confirmation.
CREATE TABLE law_drafts (
    id UUID PRIMARY KEY NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    by_name TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX law_drafts_by_date ON law_drafts (added_at DESC, id);

-- Plain words about one article. mark: that of the article's words when the card was written or last compared; empty when they were not at hand.
CREATE TABLE law_cards (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_fold TEXT NOT NULL,
    body TEXT NOT NULL,
    law_slug TEXT NOT NULL,
    law_number TEXT NOT NULL,
    law_name TEXT NOT NULL,
    article TEXT NOT NULL,
    mark TEXT NOT NULL,
    checked_on BIGINT NOT NULL,
    shown BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    written_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX law_cards_slug ON law_cards (slug);
CREATE INDEX law_cards_of ON law_cards (law_slug, article);
CREATE INDEX law_cards_by_title ON law_cards (shown, title_fold, id);

-- For whom ("group"), when in life ("event"), where ("place": code of a locality).
CREATE TABLE law_card_marks (
    card_id UUID NOT NULL REFERENCES law_cards (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (card_id, kind, key)
);
CREATE INDEX law_card_marks_by_key ON law_card_marks (kind, key, card_id);
