INSERT INTO sign_in_proof (secret, role, proven_at)
SELECT secret, CAST($2 AS text), CAST($3 AS bigint) FROM sign_in_session WHERE secret = $1
ON CONFLICT (secret) DO UPDATE SET role = excluded.role, proven_at = excluded.proven_at
