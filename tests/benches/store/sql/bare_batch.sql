INSERT INTO bare (stream_id, revision, event_id, type_id, content_type, data, metadata, leaf_hash)
SELECT $1, n.revision, n.event_id, 1, 'application/json', n.data, n.metadata, n.leaf_hash
FROM unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[])
    AS n (revision, event_id, data, metadata, leaf_hash)
