-- Files that no row names (key: their hash), since when (milliseconds), and when their bytes had last been put (nanoseconds): put again, they begin anew.
-- A column that names a file is called file_hash, in every table.
CREATE TABLE blob_strays (
    key TEXT PRIMARY KEY NOT NULL,
    touched BIGINT NOT NULL,
    size BIGINT NOT NULL,
    found_at BIGINT NOT NULL
);
