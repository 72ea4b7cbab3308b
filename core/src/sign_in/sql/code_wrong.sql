UPDATE sign_in_code SET wrong = wrong + 1 WHERE account = $1
