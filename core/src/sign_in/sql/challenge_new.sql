INSERT INTO sign_in_challenge (secret, purpose, state, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (secret, purpose) DO UPDATE SET state = excluded.state, until = excluded.until
