INSERT INTO "@ledger@".event_types (id, name) VALUES (1, $1)
