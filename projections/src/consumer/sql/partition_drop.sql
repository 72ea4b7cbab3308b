DELETE FROM consumer_partition WHERE consumer = $1
