SELECT secret FROM sign_in_replaced WHERE secret = $1
