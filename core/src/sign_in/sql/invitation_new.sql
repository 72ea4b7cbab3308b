INSERT INTO sign_in_invitation (secret, account, until) VALUES ($1, $2, $3)
