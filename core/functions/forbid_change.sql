CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = "@ledger@", pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'LG002';
END
$$;

CREATE OR REPLACE FUNCTION forbid_event_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = "@ledger@", pg_temp
AS $$
BEGIN
    -- An erasure blanks the ciphertext, keeps its hash, and changes nothing else.
    IF OLD.sealed IS NOT NULL AND NEW.sealed IS NULL
        AND OLD.sealed_sha256 IS NULL AND NEW.sealed_sha256 = sha256(OLD.sealed)
        AND (NEW.position, NEW.stream_id, NEW.revision, NEW.event_id, NEW.type_id, NEW.recorded_at)
            = (OLD.position, OLD.stream_id, OLD.revision, OLD.event_id, OLD.type_id, OLD.recorded_at)
        AND (NEW.content_type, NEW.data, NEW.metadata, NEW.leaf_hash)
            = (OLD.content_type, OLD.data, OLD.metadata, OLD.leaf_hash)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'LG002';
END
$$;
