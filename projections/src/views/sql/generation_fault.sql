UPDATE projection SET fault = $3 WHERE name = $1 AND generation = $2 AND position = $4
