CREATE INDEX facts_kind_@g@ ON facts_@g@ (kind, on_day)
