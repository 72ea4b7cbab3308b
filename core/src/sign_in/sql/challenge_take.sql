DELETE FROM sign_in_challenge WHERE secret = $1 AND purpose = $2 RETURNING state, until
