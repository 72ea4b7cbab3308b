SELECT account, begun_at, seen_at FROM sign_in_session WHERE secret = $1
