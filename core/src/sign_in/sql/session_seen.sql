UPDATE sign_in_session SET seen_at = $2 WHERE secret = $1
