LISTEN "@ledger@"
