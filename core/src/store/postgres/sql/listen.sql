LISTEN @ledger@
