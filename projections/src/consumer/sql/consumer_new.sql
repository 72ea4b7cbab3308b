INSERT INTO consumer (name, partitions)
VALUES ($1, $2)
ON CONFLICT (name) DO NOTHING
