SELECT account, begun_at, seen_at, COALESCE(role, '')
FROM sign_in_session LEFT JOIN sign_in_proof ON sign_in_proof.secret = sign_in_session.secret
WHERE sign_in_session.secret = $1
