INSERT INTO sign_in_password (account, password, set_at)
SELECT account, password, CAST($3 AS bigint) FROM sign_in_invitation
WHERE secret = $1 AND password = $2
ON CONFLICT (account) DO UPDATE SET password = excluded.password, set_at = excluded.set_at
