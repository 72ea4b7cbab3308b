COPY event_types (id, name) FROM STDIN WITH (FORMAT binary)
