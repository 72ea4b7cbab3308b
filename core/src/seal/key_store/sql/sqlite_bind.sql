INSERT INTO key_store (one, ledger) VALUES (1, ?1)
