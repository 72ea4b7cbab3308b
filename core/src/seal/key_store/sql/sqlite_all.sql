SELECT key_id, scope, wrapped FROM data_key
