UPDATE sign_in_code SET step = $2, wrong = 0 WHERE account = $1 AND step < $2 AND wrong < $3 RETURNING account
