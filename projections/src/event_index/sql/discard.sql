DROP TABLE event_index_@g@
