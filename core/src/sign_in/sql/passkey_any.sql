SELECT id FROM sign_in_passkey WHERE id = $1 AND account = $2
