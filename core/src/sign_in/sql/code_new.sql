INSERT INTO sign_in_code (account, secret, step, wrong) VALUES ($1, $2, $3, 0)
ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, step = excluded.step, wrong = 0
