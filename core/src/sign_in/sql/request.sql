SELECT fingerprint FROM sign_in_request WHERE account = $1 AND key = $2
