UPDATE sign_in_place SET secret = $2 WHERE secret = $1
