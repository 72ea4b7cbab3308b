SELECT state FROM sign_in_challenge WHERE secret = $1 AND purpose = $2 AND until > $3
