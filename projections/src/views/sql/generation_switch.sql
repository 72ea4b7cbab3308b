UPDATE projection SET state = 'live' WHERE name = $1 AND generation = $2 AND state = 'building'
