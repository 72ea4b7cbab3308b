DELETE FROM sign_in_token WHERE until < $1
