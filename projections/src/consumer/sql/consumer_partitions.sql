SELECT partitions FROM consumer WHERE name = $1
