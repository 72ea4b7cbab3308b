CREATE INDEX facts_event_@g@ ON facts_@g@ (event_id)
