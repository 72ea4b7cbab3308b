INSERT INTO lease (name, holder, epoch, until)
VALUES (?1, ?2, 1, CAST(unixepoch('subsec') * 1000 AS INTEGER) + ?3)
ON CONFLICT (name) DO UPDATE SET
    holder = excluded.holder,
    epoch = lease.epoch + (lease.holder <> excluded.holder),
    until = excluded.until
WHERE lease.holder = excluded.holder
    OR lease.until <= CAST(unixepoch('subsec') * 1000 AS INTEGER)
RETURNING epoch
