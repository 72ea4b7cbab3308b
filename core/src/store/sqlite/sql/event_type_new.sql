INSERT INTO event_types (id, name) VALUES (?1, ?2)
