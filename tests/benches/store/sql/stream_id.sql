SELECT id FROM "@ledger@".streams WHERE name = $1
