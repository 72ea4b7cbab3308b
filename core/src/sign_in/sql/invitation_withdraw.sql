DELETE FROM sign_in_invitation WHERE account = $1
