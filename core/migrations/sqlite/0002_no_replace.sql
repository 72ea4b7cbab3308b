-- REPLACE removes the row in its way without firing a trigger on DELETE.
CREATE TRIGGER events_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
    OR EXISTS (SELECT 1 FROM events WHERE stream_id = NEW.stream_id AND revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER streams_never_replaced BEFORE INSERT ON streams
WHEN EXISTS (SELECT 1 FROM streams WHERE id = NEW.id OR name = NEW.name)
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;

CREATE TRIGGER event_types_never_replaced BEFORE INSERT ON event_types
WHEN EXISTS (SELECT 1 FROM event_types WHERE id = NEW.id OR name = NEW.name)
BEGIN
    SELECT RAISE(ABORT, 'LG002 the log is append-only');
END;
