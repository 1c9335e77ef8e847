-- The portal's own face: one row of names and footer, its menu, banners, static pages. Days are yyyymmdd.
CREATE TABLE site_face (
    id BIGINT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    slogan TEXT NOT NULL,
    agency TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    person TEXT NOT NULL,
    licence TEXT NOT NULL,
    menu_version BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE site_menu (
    position BIGINT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL,
    path TEXT NOT NULL
);

-- Shown on the home page from from_on to to_on, both included, the weightiest first.
CREATE TABLE site_banners (
    id UUID PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    from_on BIGINT NOT NULL,
    to_on BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- live: number of the edition that everybody reads, 0 for none. first_at: when it first became public, 0 for never.
CREATE TABLE site_pages (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    position BIGINT NOT NULL,
    live BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX site_pages_slug ON site_pages (slug);

CREATE TABLE site_page_editions (
    page_id UUID NOT NULL REFERENCES site_pages (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    by_id UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (page_id, number)
);
