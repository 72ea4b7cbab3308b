DELETE FROM sign_in_passkey WHERE id = $1 AND account = $2 AND (
    CAST($3 AS bigint) = 0
    OR EXISTS (SELECT other.id FROM sign_in_passkey AS other WHERE other.account = $2 AND other.id <> $1)
    OR EXISTS (SELECT account FROM sign_in_code WHERE account = $2)
) RETURNING id
