SELECT sign_in_session.secret, begun_at, seen_at, COALESCE(role, ''), COALESCE(device, ''), COALESCE(address, '')
FROM sign_in_session
LEFT JOIN sign_in_proof ON sign_in_proof.secret = sign_in_session.secret
LEFT JOIN sign_in_place ON sign_in_place.secret = sign_in_session.secret
WHERE account = $1
ORDER BY seen_at DESC, sign_in_session.secret
