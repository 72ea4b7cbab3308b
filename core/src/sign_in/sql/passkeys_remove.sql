DELETE FROM sign_in_passkey WHERE account = $1 RETURNING id
