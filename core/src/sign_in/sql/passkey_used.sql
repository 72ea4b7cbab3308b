UPDATE sign_in_passkey SET credential = $3 WHERE id = $1 AND account = $2
