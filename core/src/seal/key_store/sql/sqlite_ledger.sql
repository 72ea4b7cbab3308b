SELECT ledger FROM key_store WHERE one = 1
