DELETE FROM sign_in_code WHERE account = $1 AND (
    CAST($2 AS bigint) = 0
    OR EXISTS (SELECT id FROM sign_in_passkey WHERE account = $1)
) RETURNING account
