SELECT ledger FROM key_store
