INSERT INTO sign_in_token (secret, account, made_at, until) VALUES ($1, $2, $3, $4)
