CREATE TABLE key_store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    ledger BLOB NOT NULL
) STRICT;
CREATE TABLE data_key (
    key_id BLOB PRIMARY KEY,
    scope TEXT NOT NULL UNIQUE,
    wrapped BLOB
) STRICT, WITHOUT ROWID;
