SELECT name, holder, epoch, until
FROM lease
WHERE until > clock_timestamp()
ORDER BY name COLLATE "C"
