INSERT INTO data_key (key_id, scope, wrapped) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
