SELECT consumer, part, epoch, position, fault_position, fault
FROM consumer_partition
WHERE consumer = $1 AND part = $2
