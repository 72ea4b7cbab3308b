VACUUM (ANALYZE) "@ledger@".events
