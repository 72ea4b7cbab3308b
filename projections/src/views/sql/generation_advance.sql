UPDATE projection SET position = $3, fault = NULL
WHERE name = $1 AND generation = $2 AND position = $4
