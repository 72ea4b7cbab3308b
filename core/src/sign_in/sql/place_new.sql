INSERT INTO sign_in_place (secret, device, address)
SELECT secret, CAST($2 AS text), CAST($3 AS text) FROM sign_in_session WHERE secret = $1
ON CONFLICT (secret) DO UPDATE SET device = excluded.device, address = excluded.address
