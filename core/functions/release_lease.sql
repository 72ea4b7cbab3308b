CREATE OR REPLACE FUNCTION release_lease(wanted text, by_holder uuid)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = "@ledger@", pg_temp
AS $$
BEGIN
    -- The row stays, and the epoch with it: the next holder must get a higher one.
    UPDATE lease SET until = clock_timestamp() WHERE name = wanted AND holder = by_holder;
END
$$;
