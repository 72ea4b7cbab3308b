CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    ledger_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    recorded_at INTEGER
) STRICT;

CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    category TEXT
) STRICT;

CREATE TABLE event_types (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    type_id INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    data BLOB NOT NULL,
    metadata BLOB NOT NULL,
    sealed BLOB,
    sealed_sha256 BLOB,
    leaf_hash BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX events_stream ON events (stream_id, revision);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TRIGGER events_never_deleted BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER events_never_changed BEFORE UPDATE ON events
WHEN NOT (
    OLD.sealed IS NOT NULL AND NEW.sealed IS NULL
    AND OLD.sealed_sha256 IS NULL AND coalesce(length(NEW.sealed_sha256), 0) = 32
    AND NEW.position = OLD.position AND NEW.stream_id = OLD.stream_id
    AND NEW.revision = OLD.revision AND NEW.event_id = OLD.event_id
    AND NEW.type_id = OLD.type_id AND NEW.recorded_at = OLD.recorded_at
    AND NEW.content_type = OLD.content_type AND NEW.data = OLD.data
    AND NEW.metadata = OLD.metadata AND NEW.leaf_hash = OLD.leaf_hash
)
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER streams_never_deleted BEFORE DELETE ON streams
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER streams_never_changed BEFORE UPDATE ON streams
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER event_types_never_deleted BEFORE DELETE ON event_types
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER event_types_never_changed BEFORE UPDATE ON event_types
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;
