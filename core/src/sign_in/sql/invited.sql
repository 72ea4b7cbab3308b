SELECT account FROM sign_in_invitation WHERE secret = $1 AND until > $2 AND password IS NULL
