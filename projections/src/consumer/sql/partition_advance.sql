UPDATE consumer_partition SET
    position = $4,
    fault_position = CASE WHEN fault_position > $4 THEN fault_position END,
    fault = CASE WHEN fault_position > $4 THEN fault END
WHERE consumer = $1 AND part = $2 AND epoch = $3 AND position = $5
