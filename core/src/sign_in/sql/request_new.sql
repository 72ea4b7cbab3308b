INSERT INTO sign_in_request (account, key, fingerprint, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (account, key) DO NOTHING
