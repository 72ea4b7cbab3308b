SELECT CAST(rolname AS text)
FROM pg_roles
WHERE starts_with(CAST(rolname AS text), CAST($1 AS text))
ORDER BY rolname;
