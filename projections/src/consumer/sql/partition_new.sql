INSERT INTO consumer_partition (consumer, part, epoch, position)
SELECT name, CAST($3 AS bigint), 0, 0
FROM consumer
WHERE name = $1 AND partitions = $2
ON CONFLICT (consumer, part) DO NOTHING
