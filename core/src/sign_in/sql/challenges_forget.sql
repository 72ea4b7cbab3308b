DELETE FROM sign_in_challenge WHERE until < $1
