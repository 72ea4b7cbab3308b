SELECT key_id, scope, wrapped FROM data_key WHERE key_id = $1
