CREATE TABLE IF NOT EXISTS sign_in_password (
    account text NOT NULL PRIMARY KEY,
    password text NOT NULL,
    set_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_invitation (
    account text NOT NULL PRIMARY KEY,
    secret text NOT NULL UNIQUE,
    until bigint NOT NULL,
    password text
);
CREATE TABLE IF NOT EXISTS sign_in_session (
    secret text NOT NULL PRIMARY KEY,
    account text NOT NULL,
    begun_at bigint NOT NULL,
    seen_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_proof (
    secret text NOT NULL PRIMARY KEY,
    role text NOT NULL,
    proven_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_code (
    account text NOT NULL PRIMARY KEY,
    secret text NOT NULL,
    step bigint NOT NULL,
    wrong bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_passkey (
    id text NOT NULL PRIMARY KEY,
    account text NOT NULL,
    label text NOT NULL,
    credential text NOT NULL,
    added_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_challenge (
    secret text NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (secret, purpose)
);
CREATE TABLE IF NOT EXISTS sign_in_token (
    secret text NOT NULL PRIMARY KEY,
    account text NOT NULL,
    made_at bigint NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_place (
    secret text NOT NULL PRIMARY KEY,
    device text NOT NULL,
    address text NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_replaced (
    secret text NOT NULL PRIMARY KEY,
    until bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_in_request (
    account text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (account, key)
);
