UPDATE sign_in_password SET set_at = set_at WHERE account = $1
