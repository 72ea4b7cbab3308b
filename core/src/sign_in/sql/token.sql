SELECT account FROM sign_in_token WHERE secret = $1 AND until > $2
