INSERT INTO head (ledger_id, position, epoch, frontier) VALUES ($1, 0, 0, $2)
