DELETE FROM projection WHERE name = $1 AND generation = $2
