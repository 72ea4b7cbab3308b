DELETE FROM consumer WHERE name = $1
