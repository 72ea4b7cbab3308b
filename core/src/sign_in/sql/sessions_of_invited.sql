DELETE FROM sign_in_session WHERE account IN (
    SELECT account FROM sign_in_invitation WHERE secret = $1 AND password = $2
)
