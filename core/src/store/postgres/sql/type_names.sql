SELECT id, name FROM event_types WHERE id = ANY ($1)
