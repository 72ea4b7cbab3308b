SELECT name FROM event_types WHERE id = ?1
