UPDATE sign_in_password SET password = $2, set_at = $3 WHERE account = $1
