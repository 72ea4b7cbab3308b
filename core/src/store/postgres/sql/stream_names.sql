SELECT id, name FROM streams WHERE id = ANY ($1)
