INSERT INTO streams (id, name, category) VALUES (?1, ?2, ?3)
