UPDATE projection SET state = 'live'
WHERE name = $1 AND generation = $2 AND state = 'building'
    AND position >= (
        SELECT coalesce(max(l.position), 0) FROM projection l WHERE l.name = $1 AND l.state = 'live'
    )
