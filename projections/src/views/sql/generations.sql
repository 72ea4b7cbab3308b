SELECT name, generation, version, position, state, fault
FROM projection
ORDER BY name COLLATE "C", generation
