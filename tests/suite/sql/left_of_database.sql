SELECT
    EXISTS (SELECT FROM pg_database WHERE datname = CAST($1 AS text)),
    (SELECT count(*) FROM pg_roles WHERE starts_with(CAST(rolname AS text), CAST($1 AS text)));
