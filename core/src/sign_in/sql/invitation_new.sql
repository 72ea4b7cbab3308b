INSERT INTO sign_in_invitation (account, secret, until) VALUES ($2, $1, $3)
ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, until = excluded.until, password = NULL
