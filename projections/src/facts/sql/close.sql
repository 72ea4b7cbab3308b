UPDATE facts_@g@ SET to_position = $2
WHERE event_id = $1 AND to_position IS NULL
