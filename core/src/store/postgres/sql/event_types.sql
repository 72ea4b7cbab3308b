SELECT name, id FROM event_types WHERE name = ANY ($1)
