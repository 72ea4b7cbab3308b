CREATE INDEX facts_thing_@g@ ON facts_@g@ (thing, kind)
