INSERT INTO sign_in_passkey (id, account, label, credential, added_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO NOTHING RETURNING id
