-- What disintegrate-postgres 4.0.1 cannot make on PostgreSQL 15, which reads no hexadecimal numbers: its
-- function of this name, with the mask of 32 bits in decimal, and what it makes after that.
CREATE OR REPLACE FUNCTION event_store_begin_epoch() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    newest bigint;
    here int;
BEGIN
    SELECT last_value INTO newest FROM seq_event_event_id;
    SELECT oid INTO here FROM pg_database WHERE datname = current_database();
    PERFORM pg_try_advisory_xact_lock_shared(here, 0);
    PERFORM pg_try_advisory_xact_lock_shared(1, (newest & 4294967295)::bit(32)::integer);
    PERFORM pg_try_advisory_xact_lock_shared(2, (newest >> 32)::bit(32)::integer);
END
$$;
ALTER TABLE event ADD COLUMN IF NOT EXISTS stream text;
CREATE INDEX IF NOT EXISTS idx_event_stream ON event (stream) WHERE stream IS NOT NULL;
