UPDATE sign_in_session SET secret = $2 WHERE secret = $1 RETURNING account
