DELETE FROM sign_in_session WHERE secret = $1
