DELETE FROM sign_in_request WHERE until < $1
