SELECT id, label, credential, added_at FROM sign_in_passkey WHERE account = $1 ORDER BY added_at, id
