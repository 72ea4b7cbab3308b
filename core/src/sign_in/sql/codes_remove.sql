DELETE FROM sign_in_code WHERE account = $1
