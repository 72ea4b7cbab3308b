UPDATE consumer_partition SET fault_position = $4, fault = $5
WHERE consumer = $1 AND part = $2 AND epoch = $3
