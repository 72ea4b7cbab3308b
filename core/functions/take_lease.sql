CREATE OR REPLACE FUNCTION take_lease(wanted text, by_holder uuid, millis bigint)
RETURNS TABLE (taken_epoch bigint, left_millis bigint)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = "@ledger@", pg_temp
AS $$
DECLARE
    taken bigint;
    present_end timestamptz;
BEGIN
    INSERT INTO lease AS l (name, holder, epoch, until)
    VALUES (wanted, by_holder, 1, clock_timestamp() + millis * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET
        holder = excluded.holder,
        epoch = l.epoch + CASE WHEN l.holder = excluded.holder THEN 0 ELSE 1 END,
        until = excluded.until
    WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()
    RETURNING l.epoch INTO taken;
    SELECT until INTO present_end FROM lease WHERE name = wanted;
    RETURN QUERY SELECT
        taken,
        greatest(0, extract(epoch FROM present_end - clock_timestamp()) * 1000)::bigint;
END
$$;
