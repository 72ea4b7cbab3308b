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
CREATE TABLE IF NOT EXISTS sign_in_token (
    secret text NOT NULL PRIMARY KEY,
    account text NOT NULL,
    made_at bigint NOT NULL,
    until bigint NOT NULL
);
