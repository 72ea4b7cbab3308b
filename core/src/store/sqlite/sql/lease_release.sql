-- The row stays, and the epoch with it: the next holder must get a higher one.
UPDATE lease SET until = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE name = ?1 AND holder = ?2
