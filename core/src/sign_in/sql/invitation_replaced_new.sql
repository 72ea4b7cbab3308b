INSERT INTO sign_in_replaced (secret, until)
SELECT secret, until FROM sign_in_invitation WHERE account = $1 AND password IS NULL
ON CONFLICT (secret) DO NOTHING
