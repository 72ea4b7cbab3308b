UPDATE consumer_partition SET epoch = $3
WHERE consumer = $1 AND part = $2 AND epoch < $3
