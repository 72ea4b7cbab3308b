DELETE FROM sign_in_replaced WHERE until < $1
