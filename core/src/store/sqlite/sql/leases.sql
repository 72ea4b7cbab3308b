SELECT name, holder, epoch, until
FROM lease
WHERE until > CAST(unixepoch('subsec') * 1000 AS INTEGER)
ORDER BY name
