SELECT consumer, part, epoch, position, fault_position, fault
FROM consumer_partition
ORDER BY consumer COLLATE "C", part
