SELECT max(0, until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) FROM lease WHERE name = ?1
