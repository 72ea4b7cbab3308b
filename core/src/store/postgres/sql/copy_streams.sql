COPY streams (id, name, category) FROM STDIN WITH (FORMAT binary)
