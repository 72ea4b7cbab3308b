SELECT account FROM sign_in_password LIMIT 1
