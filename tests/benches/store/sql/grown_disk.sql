SELECT
    pg_table_size(to_regclass($1::text || '.events')),
    pg_relation_size(to_regclass($1 || '.events_position')),
    pg_relation_size(to_regclass($1 || '.events_stream'))
