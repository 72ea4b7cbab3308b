CREATE TABLE key_store (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ledger uuid NOT NULL
);
CREATE TABLE data_key (
    key_id uuid PRIMARY KEY,
    scope text NOT NULL UNIQUE,
    wrapped bytea
);
