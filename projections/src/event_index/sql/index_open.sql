CREATE UNIQUE INDEX event_index_open_@g@ ON event_index_@g@ (key) WHERE events < 256
