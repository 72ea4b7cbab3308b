CREATE UNIQUE INDEX event_index_key_@g@ ON event_index_@g@ (key, block)
