DELETE FROM sign_in_invitation WHERE until < $1
