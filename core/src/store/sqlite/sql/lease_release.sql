DELETE FROM lease WHERE name = ?1 AND holder = ?2
