INSERT INTO sign_in_session (secret, account, begun_at, seen_at) VALUES ($1, $2, $3, $3)
