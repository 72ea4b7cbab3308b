UPDATE sign_in_invitation SET password = $2
WHERE secret = $1 AND until > $3 AND password IS NULL
RETURNING account
