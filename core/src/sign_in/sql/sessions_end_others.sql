DELETE FROM sign_in_session WHERE account = $1 AND secret <> $2
