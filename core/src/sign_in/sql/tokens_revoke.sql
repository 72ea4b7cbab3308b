DELETE FROM sign_in_token WHERE account = $1 RETURNING secret
