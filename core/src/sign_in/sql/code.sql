SELECT secret FROM sign_in_code WHERE account = $1 AND wrong < $2
