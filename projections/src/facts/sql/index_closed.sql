CREATE INDEX facts_closed_@g@ ON facts_@g@ (to_position) WHERE to_position IS NOT NULL
