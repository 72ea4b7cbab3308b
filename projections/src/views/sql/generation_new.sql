INSERT INTO projection (name, generation, version, position, state)
VALUES ($1, $2, $3, 0, 'building')
ON CONFLICT (name, generation) DO NOTHING
