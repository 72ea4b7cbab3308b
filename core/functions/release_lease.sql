CREATE OR REPLACE FUNCTION release_lease(wanted text, by_holder uuid)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = @ledger@, pg_temp
AS $$
BEGIN
    DELETE FROM lease WHERE name = wanted AND holder = by_holder;
END
$$;
