DELETE FROM sign_in_session WHERE begun_at < $1
