INSERT INTO key_store (ledger) VALUES ($1)
