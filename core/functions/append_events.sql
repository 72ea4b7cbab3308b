CREATE OR REPLACE FUNCTION append_events(
    expected_position bigint,
    expected_epoch bigint,
    written_at timestamptz,
    new_frontier bytea,
    new_stream_ids bigint[],
    new_stream_names text[],
    new_type_ids bigint[],
    new_type_names text[],
    stream_ids bigint[],
    revisions bigint[],
    event_ids uuid[],
    type_ids bigint[],
    content_types text[],
    datas bytea[],
    metadatas bytea[],
    sealeds bytea[],
    leaf_hashes bytea[]
) RETURNS TABLE (
    written boolean, head_position bigint, head_epoch bigint, head_frontier bytea, head_time timestamptz
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = "@ledger@", pg_temp
AS $$
DECLARE
    present head%ROWTYPE;
    new_position bigint := expected_position + cardinality(stream_ids);
BEGIN
    FOR attempt IN 1..2 LOOP
        -- One statement fences and writes. While another writer holds the row, it waits and then sees
        -- the position that the other one left.
        IF cardinality(stream_ids) = 1 THEN
            -- The same for a single event, without making rows of arrays: a quarter less work.
            WITH fence AS (
                UPDATE head SET position = new_position, frontier = new_frontier, recorded_at = written_at
                WHERE position = expected_position AND epoch = expected_epoch
                RETURNING 1
            )
            INSERT INTO events (
                position, stream_id, revision, event_id, type_id, recorded_at,
                content_type, data, metadata, sealed, leaf_hash
            )
            SELECT
                new_position, stream_ids[1], revisions[1], event_ids[1], type_ids[1], written_at,
                content_types[1], datas[1], metadatas[1], sealeds[1], leaf_hashes[1]
            FROM fence;
        ELSE
            WITH fence AS (
                UPDATE head SET position = new_position, frontier = new_frontier, recorded_at = written_at
                WHERE position = expected_position AND epoch = expected_epoch
                RETURNING 1
            )
            INSERT INTO events (
                position, stream_id, revision, event_id, type_id, recorded_at,
                content_type, data, metadata, sealed, leaf_hash
            )
            SELECT
                expected_position + e.n, e.stream_id, e.revision, e.event_id, e.type_id, written_at,
                e.content_type, e.data, e.metadata, e.sealed, e.leaf_hash
            FROM fence, unnest(
                stream_ids, revisions, event_ids, type_ids, content_types, datas, metadatas, sealeds,
                leaf_hashes
            ) WITH ORDINALITY AS e (
                stream_id, revision, event_id, type_id, content_type, data, metadata, sealed, leaf_hash, n
            );
        END IF;
        EXIT WHEN FOUND;
        SELECT * INTO present FROM head;
        -- Where the head is as expected by now, it came there after the statement had begun: once more.
        IF attempt = 2 OR present.position <> expected_position OR present.epoch <> expected_epoch THEN
            -- Waiting locked the row, which is no reason to wait for the disk: nothing was written, and
            -- the next writer waits for this transaction's end.
            PERFORM set_config('synchronous_commit', 'off', true);
            RETURN QUERY SELECT
                false, present.position, present.epoch, present.frontier, present.recorded_at;
            RETURN;
        END IF;
    END LOOP;
    IF cardinality(new_stream_ids) > 0 THEN
        INSERT INTO streams (id, name, category)
        SELECT n.id, n.name, CASE WHEN strpos(n.name, '-') > 0 THEN split_part(n.name, '-', 1) END
        FROM unnest(new_stream_ids, new_stream_names) AS n (id, name);
    END IF;
    IF cardinality(new_type_ids) > 0 THEN
        INSERT INTO event_types (id, name)
        SELECT n.id, n.name FROM unnest(new_type_ids, new_type_names) AS n (id, name);
    END IF;
    PERFORM pg_notify('@ledger@', new_position::text);
    written := true;
    RETURN NEXT;
END
$$;
