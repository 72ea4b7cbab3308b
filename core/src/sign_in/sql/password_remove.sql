DELETE FROM sign_in_password WHERE account = $1
