SELECT secret, made_at, until FROM sign_in_token WHERE account = $1 ORDER BY made_at, secret
